import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { selfSigned } from '#libs/graph-client/testing/self-signed.js';
import { TenancyFacade } from '../../../src/modules/tenancy/tenancy.facade.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { ConnectedApp, YEAR_MS } from './connected-app.js';
import { emailOf } from './tenancy-app.js';

const IN_ENVIRONMENT = 'Env~secret.of.the.installation';
const BUNDLE = selfSigned({ from: Date.now() - YEAR_MS, to: Date.now() + YEAR_MS });

let connected: ConnectedApp;
beforeAll(async () => {
  connected = await ConnectedApp.start({
    GRAPH_CREDENTIAL_SHARED: IN_ENVIRONMENT,
    GRAPH_CREDENTIAL_PAIR: `${BUNDLE.privateKeyPem}${BUNDLE.certificatePem}`.replaceAll('\n', '\\n'),
    GRAPH_CREDENTIAL_JUNK: 'no certificate',
  });
});
afterAll(() => connected.close());

const open = (): Promise<object> =>
  connected.tenancy.app.get(TenancyFacade).graphConnection(grantTenantScope(connected.tenancy.contoso));

describe('the Graph connection of a tenant', () => {
  it('takes a secret and shows all but it', async () => {
    const { clientId, clientSecret } = connected.directory.works;
    const { body, text } = await connected.set({ clientId, kind: 'secret', secret: clientSecret }).expect(200);
    expect(body).toEqual({
      entraTenantId: connected.directory.entraTenantId,
      permissionsNeeded: expect.arrayContaining(['DeviceManagementConfiguration.Read.All', 'GroupMember.Read.All']),
      connection: {
        kind: 'secret',
        clientIdEnd: clientId.slice(-4),
        environmentVariable: null,
        certificate: null,
        setByName: 'Owner of Contoso',
        setAt: expect.any(String),
        verdict: null,
      },
    });
    expect(text).not.toContain(clientSecret);
    expect(text).not.toContain(clientId);
    await expect(open()).resolves.toMatchObject({ clientId, clientSecret });
  });

  it('takes a certificate with its key and shows the end of the thumbprint', async () => {
    const { certified, certificate } = connected.directory;
    const given = { clientId: certified.clientId, kind: 'certificate', ...certificate };
    const { body, text } = await connected.set(given).expect(200);
    expect(body.connection.certificate).toEqual({
      thumbprintEnd: expect.stringMatching(/^[0-9A-F]{4}$/),
      expiresAt: expect.any(String),
    });
    expect(text).not.toMatch(/PRIVATE|CERTIFICATE/);
    await expect(open()).resolves.toEqual(expect.objectContaining({ certificate }));
    const [row] = await connected.tenancy.db.database.query<{ text: string }>(
      `SELECT convert_from(decode(encode(sealed_secret, 'hex'), 'escape'), 'LATIN1') AS text FROM graph_connections`,
    );
    expect(row?.text).not.toContain('PRIVATE');
  });

  it('refers to a variable of the environment, which alone holds the credential', async () => {
    const clientId = randomUUID();
    const secret = { clientId, kind: 'secret', environmentVariable: 'GRAPH_CREDENTIAL_SHARED' };
    const { body, text } = await connected.set(secret).expect(200);
    expect(body.connection.environmentVariable).toBe('GRAPH_CREDENTIAL_SHARED');
    expect(text).not.toContain(IN_ENVIRONMENT);
    await expect(open()).resolves.toMatchObject({ clientSecret: IN_ENVIRONMENT });
    const pair = { clientId, kind: 'certificate', environmentVariable: 'GRAPH_CREDENTIAL_PAIR' };
    expect((await connected.set(pair).expect(200)).body.connection.certificate).not.toBeNull();
    await expect(open()).resolves.toMatchObject({ certificate: { privateKeyPem: BUNDLE.privateKeyPem.trim() } });
    const rows = await connected.tenancy.db.database.query(
      `SELECT 1 FROM graph_connections WHERE sealed_secret IS NOT NULL`,
    );
    expect(rows).toEqual([]);
  });

  const over = selfSigned({ from: Date.now() - 2 * YEAR_MS, to: Date.now() - YEAR_MS });
  it.each<[string, object, string]>([
    ['no GUID', { clientId: 'client', kind: 'secret', secret: 'hunter2' }, 'clientId'],
    ['another kind', { kind: 'password', secret: 'hunter2' }, 'kind'],
    ['no secret', { kind: 'secret' }, 'secret'],
    ['a secret with a certificate', { kind: 'secret', secret: 'hunter2', certificatePem: 'hunter2' }, 'certificatePem'],
    ['a certificate without a key', { kind: 'certificate', certificatePem: BUNDLE.certificatePem }, 'privateKeyPem'],
    ['a foreign key', { kind: 'certificate', ...BUNDLE, privateKeyPem: over.privateKeyPem }, 'privateKeyPem'],
    ['a certificate that is over', { kind: 'certificate', ...over }, 'certificatePem'],
    ['a variable of another purpose', { kind: 'secret', environmentVariable: 'SESSION_SECRET' }, 'environmentVariable'],
    [
      'a variable that is not set',
      { kind: 'secret', environmentVariable: 'GRAPH_CREDENTIAL_NONE' },
      'environmentVariable',
    ],
    [
      'a variable that holds no pair',
      { kind: 'certificate', environmentVariable: 'GRAPH_CREDENTIAL_JUNK' },
      'environmentVariable',
    ],
    ['both places', { kind: 'secret', secret: 'hunter2', environmentVariable: 'GRAPH_CREDENTIAL_SHARED' }, 'secret'],
  ])('refuses %s, names the field and quotes nothing', async (_what, given, field) => {
    const before = (await connected.call('get').expect(200)).body;
    const answer = await connected.set({ clientId: randomUUID(), ...given }).expect(422);
    const { errors } = answer.body as { errors: { field: string }[] };
    expect(errors.map((fault) => fault.field)).toContain(field);
    expect(answer.text).not.toMatch(/hunter2|PRIVATE|BEGIN/);
    expect((await connected.call('get').expect(200)).body).toEqual(before);
  });

  it('is removed, and nothing reads the tenant any more', async () => {
    await connected.call('delete').expect(204);
    expect((await connected.call('get').expect(200)).body.connection).toBeNull();
    await expect(open()).rejects.toMatchObject({ code: 'graph.not_connected' });
    expect((await connected.call('delete').expect(409)).body.code).toBe('graph.not_connected');
    expect((await connected.call('post', '/test').expect(409)).body.code).toBe('graph.not_connected');
  });

  it('writes into the audit trail who did what, and no credential', async () => {
    const { clientId, clientSecret } = connected.directory.works;
    await connected.set({ clientId, kind: 'secret', secret: clientSecret }).expect(200);
    await connected.call('post', '/test').expect(200);
    await connected.call('delete').expect(204);
    const rows = await connected.tenancy.db.database.query<{ action: string; name: string; row: string }>(
      `SELECT action, actor_name AS name, audit_entries::text AS row FROM audit_entries
       WHERE subject_type = 'graph_connection' ORDER BY id DESC LIMIT 3`,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'graph_connection.delete',
      'graph_connection.test',
      'graph_connection.set',
    ]);
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(['Owner of Contoso']));
    expect(rows.map(({ row }) => row).join()).not.toContain(clientSecret);
    expect(rows[0]?.row).toContain(`secret, app …${clientId.slice(-4)}`);
  });
});

describe('somebody who is no owner of the tenant', () => {
  it.each(['Readonly', 'Operator', 'Manager'] as const)('as %s neither sees nor changes nor tests it', async (role) => {
    const cookie = await connected.tenancy.signIn(emailOf(role));
    const body = { clientId: randomUUID(), kind: 'secret', secret: 'taken over' };
    for (const answer of [
      await connected.call('get', '', cookie),
      await connected.set(body, cookie),
      await connected.call('delete', '', cookie),
      await connected.call('post', '/test', cookie),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.body).toMatchObject({ code: 'access.role_required', requiredRole: 'Owner' });
    }
  });

  it('as an owner of another tenant gets the answer for an unknown one', async () => {
    const foreign = await connected.tenancy.signIn('owner@fabrikam.example');
    const answers = await Promise.all(
      (['get', 'put', 'delete'] as const).flatMap((method) => [
        connected.call(method, '', foreign).send(method === 'put' ? {} : undefined),
        connected.call(method, '', foreign, randomUUID()).send(method === 'put' ? {} : undefined),
      ]),
    );
    expect(answers.map(({ status, body }) => [status, (body as { code: string }).code])).toEqual(
      answers.map(() => [403, 'access.denied']),
    );
    expect((await connected.call('post', '/test', foreign).expect(403)).body.code).toBe('access.denied');
  });

  it('and every member learns no more of it than its kind and end', async () => {
    const { clientId, clientSecret } = connected.directory.works;
    await connected.set({ clientId, kind: 'secret', secret: clientSecret }).expect(200);
    const cookie = await connected.tenancy.signIn(emailOf('Readonly'));
    const address = `/api/v1/tenants/${connected.tenancy.contoso}`;
    const { body } = await connected.tenancy.http().get(address).set('cookie', cookie).expect(200);
    expect(body.graphConnection).toEqual({
      kind: 'secret',
      clientIdEnd: clientId.slice(-4),
      updatedAt: expect.any(String),
    });
  });
});
