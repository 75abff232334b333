import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPublicKey, verify } from 'node:crypto';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';

describe('login', () => {
  let simulator: RunningSimulator;
  let time = Date.now();

  beforeAll(async () => {
    simulator = await RunningSimulator.start({ now: () => time });
  });
  afterAll(() => simulator.close());

  it('names the public https origin in its discovery document', async () => {
    const answer = await fetch(
      `${simulator.graphOrigin}/${DEMO_CONTOSO.entraTenantId}/v2.0/.well-known/openid-configuration`,
    );
    const document = (await answer.json()) as Record<string, unknown>;
    expect(document.issuer).toBe(`https://login.sim.local/${DEMO_CONTOSO.entraTenantId}/v2.0`);
    expect(document.token_endpoint).toBe(`https://login.sim.local/${DEMO_CONTOSO.entraTenantId}/oauth2/v2.0/token`);
  });

  it('gives a token that its published key verifies', async () => {
    const { status, json } = await simulator.signIn(DEMO_CONTOSO);
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
    const [head = '', claims = '', signature = ''] = String(json.access_token).split('.');
    const keys = (await (
      await fetch(`${simulator.graphOrigin}/${DEMO_CONTOSO.entraTenantId}/discovery/v2.0/keys`)
    ).json()) as { keys: Record<string, string>[] };
    const key = createPublicKey({ key: keys.keys[0] ?? {}, format: 'jwk' });
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      tid: DEMO_CONTOSO.entraTenantId,
      appid: DEMO_CONTOSO.clientId,
      idtyp: 'app',
    });
  });

  it('takes the secret as Basic credential too', async () => {
    const basic = Buffer.from(`${DEMO_CONTOSO.clientId}:${encodeURIComponent(DEMO_CONTOSO.clientSecret)}`).toString(
      'base64',
    );
    const { status } = await simulator.signIn(
      DEMO_CONTOSO,
      { client_id: null, client_secret: null },
      { authorization: `Basic ${basic}` },
    );
    expect(status).toBe(200);
  });

  it.each([
    ['a wrong secret', {}, { client_secret: 'nope' }, 401, 'invalid_client', 7000215],
    ['no secret', {}, { client_secret: null }, 401, 'invalid_client', 7000218],
    ['an unknown app', {}, { client_id: '00000000-0000-4000-8000-000000000009' }, 400, 'unauthorized_client', 700016],
    ['an unknown tenant', { entraTenantId: '00000000-0000-4000-8000-000000000001' }, {}, 400, 'invalid_request', 90002],
    ['a tenant that is no name', { entraTenantId: 'not-a-tenant' }, {}, 400, 'invalid_request', 900023],
    ['a wrong scope', {}, { scope: 'User.Read' }, 400, 'invalid_scope', 70011],
    ['no grant type', {}, { grant_type: null }, 400, 'invalid_request', 900144],
  ])('refuses %s', async (_case, credentials, form, status, error, code) => {
    const answer = await simulator.signIn({ ...DEMO_CONTOSO, ...credentials }, form);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({
      error,
      error_codes: [code],
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    });
    expect(answer.json.error_description).toMatch(
      new RegExp(`^AADSTS${code}: .+\\r\\nTrace ID: .+\\r\\nCorrelation ID: .+\\r\\nTimestamp: .+Z$`),
    );
    expect(answer.text).not.toContain(DEMO_CONTOSO.clientSecret);
  });

  it('answers invalid_tenant on the discovery of an unknown tenant', async () => {
    const answer = await fetch(
      `${simulator.graphOrigin}/00000000-0000-4000-8000-000000000001/v2.0/.well-known/openid-configuration`,
    );
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'invalid_tenant', error_codes: [90002] });
  });

  it('refuses an expired, a damaged and a missing token with a challenge', async () => {
    const token = await simulator.token();
    expect((await simulator.graph('/beta/groups', token)).status).toBe(200);
    time += 3_600_000;
    for (const bad of [token, `${token.slice(0, -8)}AAAAAAAA`, 'text']) {
      const answer = await simulator.graph('/beta/groups', bad);
      expect(answer.status).toBe(401);
      expect(answer.json).toMatchObject({ error: { code: 'InvalidAuthenticationToken' } });
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
    }
    expect((await simulator.graph('/beta/groups', token)).text).toContain(
      'Lifetime validation failed, the token is expired.',
    );
  });
});
