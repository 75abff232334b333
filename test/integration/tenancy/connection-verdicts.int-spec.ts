import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { selfSigned } from '#libs/graph-client/testing/self-signed.js';
import { GraphConnectionRepository } from '../../../src/modules/tenancy/data/graph-connection.repository.js';
import { VERDICT_CODES, VERDICT_WORDS } from '../../../src/modules/tenancy/connection/verdict.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { ConnectedApp, YEAR_MS, type Directory } from './connected-app.js';

// Real here: HTTP, PostgreSQL, MSAL, and a simulated login and Graph that answer as Microsoft does.

let connected: ConnectedApp;
let directory: Directory;
beforeAll(async () => {
  connected = await ConnectedApp.start({ GRAPH_CREDENTIAL_GOING: 'x' });
  ({ directory } = connected);
});
afterAll(() => connected.close());
afterEach(async () => {
  await connected.simulator.control('DELETE', '/faults');
});

const secretOf = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }): object => ({
  clientId,
  kind: 'secret',
  secret: clientSecret,
});

describe('the test of a connection', () => {
  it('finds a secret that works, and keeps the verdict until another credential comes', async () => {
    await connected.set(secretOf(directory.works)).expect(200);
    const { body } = await connected.test();
    expect(body).toMatchObject({ works: true, code: 'connected', missing: [], aadsts: null });
    const shown = (await connected.call('get').expect(200)).body.connection.verdict;
    expect(shown).toEqual({ ...body, at: expect.any(String) });
    await connected.set(secretOf(directory.works)).expect(200);
    expect((await connected.call('get').expect(200)).body.connection.verdict).toBeNull();
  });

  it('finds a certificate that works', async () => {
    await connected.set({ clientId: directory.certified.clientId, kind: 'certificate', ...directory.certificate });
    expect((await connected.test()).body).toMatchObject({ works: true, code: 'connected' });
  });

  it.each<[string, () => object, object]>([
    [
      'an app that is not there',
      () => secretOf({ clientId: randomUUID(), clientSecret: 'x' }),
      { code: 'app_not_found', aadsts: 'AADSTS700016' },
    ],
    [
      'a wrong secret',
      () => secretOf({ ...directory.works, clientSecret: 'wrong~one' }),
      { code: 'secret_wrong', aadsts: 'AADSTS7000215' },
    ],
    [
      'a secret that has expired',
      () => secretOf(directory.expired),
      { code: 'secret_expired', aadsts: 'AADSTS7000222' },
    ],
    [
      'a certificate that the app does not know',
      () => ({
        clientId: directory.certified.clientId,
        kind: 'certificate',
        ...selfSigned({ from: 0, to: Date.now() + YEAR_MS }),
      }),
      { code: 'certificate_wrong', aadsts: 'AADSTS700027' },
    ],
    ['an app without any permission', () => secretOf(directory.withoutRights), { code: 'no_consent' }],
  ])('finds %s', async (_what, given, expected) => {
    await connected.set(given()).expect(200);
    const { body } = await connected.test();
    expect(body).toMatchObject({ works: false, ...expected });
    expect(body.nextStep).toMatch(/\w+\.$/);
    expect((await connected.call('get').expect(200)).body.connection.verdict.code).toBe(body.code);
  });

  it('names the permissions that are missing, and no other', async () => {
    await connected.set(secretOf(directory.partly)).expect(200);
    const { body } = await connected.test();
    expect(body.code).toBe('permissions_missing');
    expect(body.missing).toContain('DeviceManagementApps.Read.All');
    expect(body.missing).not.toContain('DeviceManagementConfiguration.Read.All');
    expect(body.missing).not.toContain('GroupMember.Read.All');
  });

  it('finds a directory that Microsoft does not know', async () => {
    await connected.set(secretOf(directory.works)).expect(200);
    const rename = (id: string): Promise<object> =>
      connected.tenancy.db.database.query('UPDATE tenants SET entra_tenant_id = $2 WHERE id = $1', [
        connected.tenancy.contoso,
        id,
      ]);
    await rename(randomUUID());
    const { body } = await connected.test();
    await rename(directory.entraTenantId);
    expect(body).toMatchObject({ works: false, code: 'tenant_not_found', aadsts: 'AADSTS90002' });
  });

  it.each([
    ['throttles', { status: 429, retryAfter: 120 }, 'throttled'],
    ['is down', { status: 503 }, 'graph_unreachable'],
  ])('tells when Graph %s, and blames no credential', async (_what, fault, code) => {
    await connected.set(secretOf(directory.works)).expect(200);
    const rules = [{ match: '$batch', probability: 1, ...fault }];
    expect((await connected.simulator.control('PUT', '/faults', { rules })).status).toBeLessThan(300);
    expect((await connected.test()).body).toMatchObject({ works: false, code });
  });

  it('finds on this side what never gets to Microsoft', async () => {
    const { database } = connected.tenancy.db;
    await connected.set({ clientId: randomUUID(), kind: 'secret', environmentVariable: 'GRAPH_CREDENTIAL_GOING' });
    await database.query(`UPDATE graph_connections SET environment_variable = 'GRAPH_CREDENTIAL_GONE'`);
    expect((await connected.test()).body.code).toBe('environment_missing');
    await connected.set(secretOf(directory.works)).expect(200);
    await database.query(`UPDATE graph_connections SET sealed_secret = '\\x00'`);
    expect((await connected.test()).body.code).toBe('credential_unreadable');
    await connected.set({ clientId: directory.certified.clientId, kind: 'certificate', ...directory.certificate });
    await database.query(`UPDATE graph_connections SET certificate_expires_at = now() - interval '1 day'`);
    expect((await connected.test()).body.code).toBe('certificate_expired');
  });

  it('does not put a verdict down for a credential that was replaced meanwhile', async () => {
    await connected.set(secretOf(directory.works)).expect(200);
    const scope = grantTenantScope(connected.tenancy.contoso);
    const connections = connected.tenancy.app.get(GraphConnectionRepository);
    const before = await connections.find(scope);
    await connected.set(secretOf(directory.expired)).expect(200);
    await connections.noteVerdict(scope, before?.revision ?? 0, { code: 'connected', missing: [] });
    expect((await connected.call('get').expect(200)).body.connection.verdict).toBeNull();
  });

  it('is refused when it comes too soon, however many ask at once', async () => {
    await connected.set(secretOf(directory.works)).expect(200);
    await connected.tenancy.db.database.query('UPDATE graph_connections SET test_started_at = NULL');
    const answers = await Promise.all(Array.from({ length: 4 }, () => connected.call('post', '/test')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.code).toBe('graph_connection.test_too_soon');
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('has a sentence and a next step for every code', () => {
    for (const code of VERDICT_CODES) {
      expect(VERDICT_WORDS[code].message).toMatch(/^[A-Z].+\.$/);
      expect(VERDICT_WORDS[code].nextStep).toMatch(/^[A-Z].+\.$/);
    }
  });
});
