import { afterEach, describe, expect, it } from '@jest/globals';
import { AUTHORITY, fakeMicrosoft, graphError, refusal, type FakeMicrosoft } from '../../testing/fake-microsoft.js';
import { type Script, type ScriptedServer, sendJson } from '../../testing/scripted-server.js';
import { selfSigned } from '../../testing/self-signed.js';
import type { ClientCredential } from '../token-source.js';
import type { ConnectionFinding } from './connection-finding.js';
import type { PermissionNeed } from './permission-needs.js';
import { probeConnection } from './probe-connection.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const SECRET: ClientCredential = { clientSecret: 'se~cret' };
const CERTIFICATE: ClientCredential = { certificate: selfSigned({ from: 0, to: Date.UTC(2100, 0, 1) }) };
const NEEDS: PermissionNeed[] = [
  { anyOf: ['Config.Read.All'], path: '/beta/configs', query: { $top: '1' } },
  { anyOf: ['Policy.Read.All'], path: '/beta/policies', licence: 'Entra ID P1' },
];
const ALL = ['Config.Read.All', 'Policy.Read.All'];

const refused =
  (number: number, text: string, status = 401): Script =>
  (_, response) =>
    sendJson(response, refusal(number, text), status);

describe('the probe of a connection', () => {
  let server: ScriptedServer;
  const probe = async (
    fake: FakeMicrosoft,
    credential: ClientCredential = SECRET,
    given: { entraTenantId?: string; graphOrigin?: string; deadlineMs?: number } = {},
  ): Promise<ConnectionFinding> => {
    server = await fakeMicrosoft(TENANT, fake);
    return probeConnection({
      login: {
        entraTenantId: given.entraTenantId ?? TENANT,
        clientId: 'client-1',
        ...credential,
        loginOrigin: server.origin,
        loginAuthority: AUTHORITY,
      },
      graphOrigin: given.graphOrigin ?? server.origin,
      needs: NEEDS,
      deadlineMs: given.deadlineMs ?? 20_000,
    });
  };
  afterEach(() => server.close());

  it('finds that it works with one token and one batch', async () => {
    expect(await probe({ roles: ALL })).toEqual({ code: 'connected', missing: [] });
    expect(server.seen.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
  });

  it('finds that discovery does not know the tenant', async () => {
    const found = await probe({}, SECRET, { entraTenantId: '22222222-2222-4222-8222-222222222222' });
    expect(found).toMatchObject({ code: 'tenant_not_found', aadsts: 'AADSTS90002', requestId: 't-1' });
  });

  it.each<[number, string, string, string]>([
    [700016, 'Application was not found.', 'app_not_found', 'app_not_found'],
    [7000112, 'Application is disabled.', 'app_disabled', 'app_disabled'],
    [7000215, 'Invalid client secret provided.', 'secret_wrong', 'certificate_wrong'],
    [7000222, 'The provided client secret keys are expired.', 'secret_expired', 'certificate_expired'],
    [700027, 'Not registered. [Reason - The key was not found.]', 'secret_wrong', 'certificate_wrong'],
    [700027, 'Invalid signature. [Reason - The key used is expired.]', 'secret_expired', 'certificate_expired'],
    [700024, 'Client assertion is not within its valid time range.', 'clock_wrong', 'clock_wrong'],
    [65001, 'No consent.', 'no_consent', 'no_consent'],
    [7000229, 'Missing service principal.', 'no_consent', 'no_consent'],
    [53003, 'Blocked by conditional access.', 'sign_in_blocked', 'sign_in_blocked'],
    [424242, 'Something else.', 'login_refused', 'login_refused'],
  ])(
    'reads AADSTS%i (%s) as %s for a secret, %s for a certificate',
    async (number, text, forSecret, forCertificate) => {
      const token = refused(number, text);
      expect(await probe({ token })).toEqual({
        code: forSecret,
        missing: [],
        aadsts: `AADSTS${number}`,
        requestId: 't-1',
      });
      await server.close();
      expect((await probe({ token }, CERTIFICATE)).code).toBe(forCertificate);
    },
  );

  it.each<[string, Script, string]>([
    ['answers 503', (_, response) => response.writeHead(503).end(), 'login_unreachable'],
    ['resets', (_, response) => response.destroy(), 'login_unreachable'],
    ['asks to slow down', (_, response) => sendJson(response, {}, 429), 'throttled'],
  ])('does not blame the credential when the login %s', async (_what, token, code) => {
    expect((await probe({ token })).code).toBe(code);
  });

  it('names the permissions that the token lacks, without asking Graph', async () => {
    expect(await probe({ roles: ['Config.ReadWrite.All'] })).toEqual({
      code: 'permissions_missing',
      missing: ['Policy.Read.All'],
    });
    expect(server.seen.some(({ url }) => url.includes('$batch'))).toBe(false);
  });

  it('finds no consent in a token without any permission', async () => {
    expect(await probe({ roles: [] })).toEqual({ code: 'no_consent', missing: ALL });
  });

  it('asks Graph for what an unreadable token may do', async () => {
    const forbidden = { status: 403, body: graphError('Forbidden', 'Application is not authorized.') };
    const member = (path: string): { status: number } => (path === '/policies' ? forbidden : { status: 200 });
    expect(await probe({ roles: 'opaque', member })).toMatchObject({
      code: 'permissions_missing',
      missing: ['Policy.Read.All'],
    });
    await server.close();
    expect(await probe({ roles: 'opaque', member: () => forbidden })).toMatchObject({
      code: 'no_consent',
      missing: ALL,
    });
  });

  it('says so when Graph refuses what the token allows', async () => {
    const member = (): object => ({ status: 403, body: graphError('Forbidden', 'No.') });
    expect(await probe({ roles: ALL, member: member as FakeMicrosoft['member'] })).toEqual({
      code: 'graph_refused',
      missing: [],
      requestId: 'r-1',
    });
  });

  it.each([
    [400, 'BadRequest', 'Request not applicable to target tenant.', '/configs', 'Microsoft Intune'],
    [403, 'AccessDenied', 'Your tenant is not licensed for this feature.', '/policies', 'Entra ID P1'],
    [404, 'ResourceNotFound', 'An error has occurred', '/policies', 'Entra ID P1'],
  ])('reads %i %s (%s) as a licence that is missing', async (status, code, message, path, licence) => {
    const member = (asked: string): { status: number } =>
      asked.startsWith(path) ? ({ status, body: graphError(code, message) } as { status: number }) : { status: 200 };
    expect(await probe({ roles: ALL, member })).toMatchObject({ code: 'licence_missing', missing: [licence] });
  });

  it('is not bothered by a kind that this Graph does not serve', async () => {
    const member = (path: string): { status: number } => ({ status: path.startsWith('/configs') ? 404 : 200 });
    expect((await probe({ roles: ALL, member })).code).toBe('connected');
  });

  it.each<[string, FakeMicrosoft, string]>([
    ['throttles', { member: () => ({ status: 429, headers: { 'Retry-After': '60' } }) }, 'throttled'],
    [
      'throttles the batch',
      { batch: (_, response) => sendJson(response, {}, 429, { 'Retry-After': '60' }) },
      'throttled',
    ],
    ['fails', { member: () => ({ status: 503 }) }, 'graph_unreachable'],
    ['resets', { batch: (_, response) => response.destroy() }, 'graph_unreachable'],
    [
      'takes no token',
      { batch: (_, response) => sendJson(response, graphError('InvalidAuthenticationToken', 'x'), 401) },
      'graph_refused',
    ],
  ])('tells when Graph %s', async (_what, fake, code) => {
    expect((await probe({ roles: ALL, ...fake })).code).toBe(code);
  });

  it('ends at the deadline, wherever it hangs', async () => {
    expect((await probe({ token: () => undefined }, SECRET, { deadlineMs: 100 })).code).toBe('login_unreachable');
    await server.close();
    const found = await probe({ roles: ALL, batch: () => undefined }, SECRET, { deadlineMs: 2_000 });
    expect(found.code).toBe('graph_unreachable');
  });
});
