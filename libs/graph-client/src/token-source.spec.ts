import { constants, verify, X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../testing/manual-clock.js';
import { type Script, type ScriptedServer, scriptedServer, sendJson } from '../testing/scripted-server.js';
import { selfSigned } from '../testing/self-signed.js';
import { failureOf } from '../testing/test-client.js';
import { type TokenSource, createMsalTokenSource } from './token-source.js';

const AUTHORITY = 'https://login.sim.local';
const TENANT = '11111111-1111-4111-8111-111111111111';
const SECRET = 'se~cret/with+signs&=';
const DISCOVERY = `/${TENANT}/v2.0/.well-known/openid-configuration`;

const refusal = (number: number, text: string): object => ({
  error: 'invalid_client',
  error_description: `AADSTS${number}: ${text}\r\nTrace ID: t-1\r\nCorrelation ID: c-1\r\nTimestamp: 2026-11-21 12:00:00Z`,
  error_codes: [number],
  trace_id: 't-1',
});

/** A login that publishes the https authority, as the simulator does, and hands out `access-1`, `access-2` ... */
const login =
  (expiresIn: number, token?: Script): Script =>
  (request, response, index) => {
    if (request.method === 'GET') {
      if (request.url !== DISCOVERY) return sendJson(response, refusal(90002, "Tenant 'x' not found."), 400);
      return sendJson(response, {
        issuer: `${AUTHORITY}/${TENANT}/v2.0`,
        authorization_endpoint: `${AUTHORITY}/${TENANT}/oauth2/v2.0/authorize`,
        token_endpoint: `${AUTHORITY}/${TENANT}/oauth2/v2.0/token`,
        jwks_uri: `${AUTHORITY}/${TENANT}/discovery/v2.0/keys`,
      });
    }
    if (token) return token(request, response, index);
    return sendJson(response, { token_type: 'Bearer', expires_in: expiresIn, access_token: `access-${index}` });
  };

describe('MSAL token source', () => {
  let server: ScriptedServer;
  const source = async (script: Script, settings: object = {}): Promise<TokenSource> => {
    server = await scriptedServer(script);
    return createMsalTokenSource({
      entraTenantId: TENANT,
      clientId: 'client-1',
      clientSecret: SECRET,
      loginOrigin: server.origin,
      loginAuthority: AUTHORITY,
      ...settings,
    });
  };
  afterEach(() => server.close());

  it('asks the authority through the login origin with the client credentials', async () => {
    const tokens = await source(login(3_599));
    await expect(tokens.token()).resolves.toBe('access-1');
    const form = new URLSearchParams(server.seen[1]?.body);
    expect(server.seen.map(({ url }) => url.split('?')[0])).toEqual([DISCOVERY, `/${TENANT}/oauth2/v2.0/token`]);
    expect(Object.fromEntries(form)).toMatchObject({
      grant_type: 'client_credentials',
      client_id: 'client-1',
      client_secret: SECRET,
    });
    expect(form.get('scope')?.split(' ')).toContain('https://graph.microsoft.com/.default');
  });

  it('keeps a token until five minutes before its end, shares one request, and renews when forced', async () => {
    const clock = new ManualClock(Date.now());
    const tokens = await source(login(3_600), { clock });
    const many = await Promise.all([tokens.token(), tokens.token(), tokens.token()]);
    expect(many).toEqual(['access-1', 'access-1', 'access-1']);
    clock.time += 54 * 60_000;
    await expect(tokens.token()).resolves.toBe('access-1');
    clock.time += 2 * 60_000;
    await expect(tokens.token()).resolves.toBe('access-2');
    await expect(
      Promise.all([tokens.token({ forceRefresh: true }), tokens.token({ forceRefresh: true })]),
    ).resolves.toEqual(['access-3', 'access-3']);
  });

  it('keeps a short token for half of its life', async () => {
    const clock = new ManualClock(Date.now());
    const tokens = await source(login(60), { clock });
    await tokens.token();
    clock.time += 20_000;
    await expect(tokens.token()).resolves.toBe('access-1');
    clock.time += 20_000;
    await expect(tokens.token()).resolves.toBe('access-2');
  });

  it('names the AADSTS number of a refused secret and never the secret', async () => {
    const tokens = await source(
      login(0, (_, response) => sendJson(response, refusal(7000215, `Invalid client secret provided: ${SECRET}`), 401)),
    );
    const failure = await failureOf(tokens.token());
    expect(failure).toMatchObject({
      code: 'graph.unauthorized',
      status: 401,
      graphCode: 'AADSTS7000215',
      requestId: 't-1',
    });
    expect(failure.detail).toContain('AADSTS7000215: Invalid client secret provided');
    expect(failure.detail).not.toContain('Trace ID');
    expect(`${failure.stack} ${JSON.stringify(failure)}`).not.toContain(SECRET);
  });

  it('tells that the tenant is not found, which MSAL does not', async () => {
    const tokens = await source(login(3_600), { entraTenantId: 'nobody.example' });
    expect(await failureOf(tokens.token())).toMatchObject({ code: 'graph.unauthorized', graphCode: 'AADSTS90002' });
  });

  it.each(['../common', 'a/b', '', 'x?y'])('refuses the tenant id %p without a call', async (entraTenantId) => {
    const tokens = await source(login(3_600), { entraTenantId });
    expect(await failureOf(tokens.token())).toMatchObject({ code: 'graph.unauthorized' });
    expect(server.seen).toEqual([]);
  });

  it('refuses an empty secret as unauthorized', async () => {
    const tokens = await source(login(3_600), { clientSecret: '' });
    expect(await failureOf(tokens.token())).toMatchObject({ code: 'graph.unauthorized' });
  });

  it.each<[string, Script]>([
    ['answers 503', (_, response) => response.writeHead(503).end()],
    ['answers a page', (_, response) => response.writeHead(200).end('<html>')],
    ['resets', (_, response) => response.destroy()],
  ])('does not blame the credentials when the login %s, and recovers', async (_what, fault) => {
    let broken = true;
    const healthy = login(3_600);
    const tokens = await source((request, response, index) => (broken ? fault : healthy)(request, response, index));
    expect(await failureOf(tokens.token())).toMatchObject({ code: 'graph.unavailable' });
    broken = false;
    await expect(tokens.token()).resolves.toMatch(/^access-/);
  });

  it.each([
    [503, 'graph.unavailable'],
    [429, 'graph.throttled'],
  ])('does not blame the credentials when the token request alone ends with a bare %i', async (status, code) => {
    const tokens = await source(login(3_600, (_, response) => response.writeHead(status).end()));
    expect(await failureOf(tokens.token())).toMatchObject({ code, status });
  });

  it('proves a certificate by an assertion that its key signed, and sends the key nowhere', async () => {
    const certificate = selfSigned({ from: 0, to: Date.UTC(2100, 0, 1) });
    const tokens = await source(login(3_599), { clientSecret: undefined, certificate });
    await expect(tokens.token()).resolves.toBe('access-1');
    const form = new URLSearchParams(server.seen[1]?.body);
    expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const [head = '', claims = '', signature = ''] = (form.get('client_assertion') ?? '').split('.');
    const { publicKey, fingerprint256 } = new X509Certificate(certificate.certificatePem);
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toMatchObject({
      alg: 'PS256',
      'x5t#S256': Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'),
    });
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'client-1',
      aud: `${AUTHORITY}/${TENANT}/oauth2/v2.0/token`,
    });
    const pss = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING };
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), pss, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(server.seen[1]?.body).not.toContain('PRIVATE');
    expect(form.get('client_secret')).toBeNull();
  });

  it('sends the secret nowhere but to the authority', async () => {
    const tokens = await source((_, response) =>
      sendJson(response, {
        issuer: `${AUTHORITY}/${TENANT}/v2.0`,
        authorization_endpoint: 'https://evil.example/authorize',
        token_endpoint: 'https://evil.example/token',
        jwks_uri: 'https://evil.example/keys',
      }),
    );
    const failure = await failureOf(tokens.token());
    expect(failure.detail).toContain('https://evil.example');
    expect(server.seen.every(({ body }) => body === '')).toBe(true);
  });

  it('lets one waiter go without ending the request for the others', async () => {
    const tokens = await source(login(3_600));
    const stop = new AbortController();
    const leaving = failureOf(tokens.token({ signal: stop.signal }));
    const staying = tokens.token();
    const reason = new Error('left');
    stop.abort(reason);
    await expect(leaving).resolves.toBe(reason);
    await expect(staying).resolves.toBe('access-1');
  });
});
