import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { DEMO_CONTOSO, DEMO_FABRIKAM } from '../demo/demo-credentials.js';
import { demoTenants } from '../demo/demo-tenants.js';
import type { SeedTenant } from '../store/seed-tenant.js';

const REDIRECT = 'http://localhost:3000/auth/callback';
const VERIFIER = 'a-verifier-that-is-long-enough-to-be-one-1234567890';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const POLICIES = '/beta/deviceManagement/configurationPolicies';

describe('sign-in of users', () => {
  let simulator: RunningSimulator;
  let time = Date.now();

  beforeAll(async () => {
    const [contoso, fabrikam] = demoTenants() as [SeedTenant, SeedTenant];
    const [app] = contoso.apps;
    if (app === undefined) throw new Error('The demo tenant has no app.');
    const tenant: SeedTenant = {
      ...contoso,
      apps: [
        {
          ...app,
          redirectUris: [REDIRECT],
          delegatedPermissions: ['Group.Read.All', 'DeviceManagementConfiguration.Read.All'],
        },
      ],
      users: [
        ...contoso.users,
        { id: 'u-left', displayName: 'Left', userPrincipalName: 'left@contoso.example', accountEnabled: false },
        { id: 'u-plain', displayName: '<Plain>', userPrincipalName: 'plain@contoso.example', directoryRoles: [] },
      ],
    };
    simulator = await RunningSimulator.start({ tenants: [tenant, fabrikam], now: () => time });
  });
  afterAll(() => simulator.close());

  const authorize = async (change: Record<string, string | null> = {}, tenant = DEMO_CONTOSO.entraTenantId) => {
    const parameters = {
      client_id: DEMO_CONTOSO.clientId,
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope: 'openid profile offline_access https://graph.microsoft.com/Group.Read.All',
      state: 's t&te',
      nonce: 'n-1',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      login_hint: 'ada.admin@contoso.example',
      ...change,
    };
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(parameters)) if (value !== null) query.set(key, value);
    const answer = await fetch(`${simulator.graphOrigin}/${tenant}/oauth2/v2.0/authorize?${query.toString()}`, {
      redirect: 'manual',
    });
    const location = answer.headers.get('location');
    return {
      status: answer.status,
      text: await answer.text(),
      location: location === null ? undefined : new URL(location),
    };
  };
  const codeOf = async (change: Record<string, string | null> = {}) =>
    (await authorize(change)).location?.searchParams.get('code') ?? '';
  const redeem = (code: string, form: Record<string, string | null> = {}) =>
    simulator.signIn(DEMO_CONTOSO, {
      grant_type: 'authorization_code',
      scope: null,
      code,
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
      ...form,
    });
  const claimsOf = (token: unknown) =>
    JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

  it('brings back a code and the state, and the code a token that Graph takes for the user', async () => {
    const { status, location } = await authorize();
    expect(status).toBe(302);
    expect(location?.href.startsWith(`${REDIRECT}?`)).toBe(true);
    expect(location?.searchParams.get('state')).toBe('s t&te');
    const { json } = await redeem(location?.searchParams.get('code') ?? '', { client_info: '1' });
    expect(json).toMatchObject({
      token_type: 'Bearer',
      scope: 'openid profile https://graph.microsoft.com/Group.Read.All',
    });
    const user = await simulator.graph('/v1.0/groups', String(json.access_token));
    expect(user.status).toBe(200);
    expect(claimsOf(json.access_token)).toMatchObject({ scp: 'openid profile Group.Read.All', idtyp: 'user' });
    const { uid, utid } = JSON.parse(Buffer.from(String(json.client_info), 'base64url').toString()) as Record<
      string,
      string
    >;
    expect([uid, utid]).toEqual([claimsOf(json.access_token).oid, DEMO_CONTOSO.entraTenantId]);
  });

  it('says in a signed id token who it is, and Graph does not take that for an access token', async () => {
    const { json } = await redeem(await codeOf());
    expect(claimsOf(json.id_token)).toMatchObject({
      aud: DEMO_CONTOSO.clientId,
      iss: `https://login.sim.local/${DEMO_CONTOSO.entraTenantId}/v2.0`,
      nonce: 'n-1',
      tid: DEMO_CONTOSO.entraTenantId,
      preferred_username: 'ada.admin@contoso.example',
      name: 'Ada Admin',
      ver: '2.0',
    });
    const [head = '', body = '', signature = ''] = String(json.id_token).split('.');
    const keys = await fetch(`${simulator.graphOrigin}/common/discovery/v2.0/keys`);
    const { keys: jwks } = (await keys.json()) as { keys: Record<string, string>[] };
    const key = createPublicKey({ key: jwks[0] ?? {}, format: 'jwk' });
    expect(verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect((await simulator.graph('/v1.0/groups', String(json.id_token))).status).toBe(401);
  });

  it('renews by refresh token, for fewer scopes where asked, and not for another app', async () => {
    const { json } = await redeem(await codeOf());
    const refresh = (form: Record<string, string | null>) =>
      simulator.signIn(DEMO_CONTOSO, {
        grant_type: 'refresh_token',
        refresh_token: String(json.refresh_token),
        scope: null,
        ...form,
      });
    const renewed = await refresh({});
    expect(claimsOf(renewed.json.access_token).scp).toBe('openid profile Group.Read.All');
    expect(renewed.json.refresh_token).not.toBe(json.refresh_token);
    const narrow = await refresh({ scope: 'User.Read' });
    expect(claimsOf(narrow.json.access_token).scp).toBe('User.Read');
    expect(narrow.json).not.toHaveProperty('id_token');
    expect((await refresh({ client_secret: 'wrong' })).json).toMatchObject({ error_codes: [7000215] });
    expect((await refresh({ refresh_token: 'unknown' })).json).toMatchObject({ error: 'invalid_grant' });
    const noOffline = await redeem(await codeOf({ scope: 'openid Group.Read.All' }));
    expect(noOffline.json).not.toHaveProperty('refresh_token');
    time += 91 * 24 * 3600 * 1000;
    expect((await refresh({})).json).toMatchObject({ error: 'invalid_grant', error_codes: [70008] });
  });

  it('redeems a code once, within ten minutes, with its verifier and address', async () => {
    const code = await codeOf();
    expect((await redeem(code, { code_verifier: 'wrong' })).json).toMatchObject({ error_codes: [501481] });
    expect((await redeem(code, { code_verifier: null })).json).toMatchObject({ error_codes: [501481] });
    expect((await redeem(code, { redirect_uri: 'http://localhost:1/' })).json).toMatchObject({ error_codes: [500112] });
    expect((await redeem(code, { client_secret: null })).json).toMatchObject({ error_codes: [7000218] });
    expect((await redeem(code)).status).toBe(200);
    expect((await redeem(code)).json).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
    const late = await codeOf();
    time += 10 * 60 * 1000;
    expect((await redeem(late)).json).toMatchObject({ error_codes: [70008] });
    expect((await redeem('made-up')).json).toMatchObject({ error: 'invalid_grant' });
  });

  it('lets the user choose on a page, or cancel', async () => {
    const { status, text } = await authorize({ login_hint: null, state: '"><script>' });
    expect(status).toBe(200);
    expect(text).toContain('value="ada.admin@contoso.example"');
    expect(text).toContain('&lt;Plain&gt;');
    expect(text).not.toContain('left@contoso.example');
    expect(text).not.toContain('"><script>');
    expect((await authorize({ prompt: 'select_account' })).status).toBe(200);
    expect(await codeOf({ prompt: 'select_account', sim_user: 'ada.admin@contoso.example' })).not.toBe('');
    const cancelled = await authorize({ sim_cancel: '1' });
    expect(cancelled.location?.searchParams.get('error')).toBe('access_denied');
    expect(cancelled.location?.searchParams.get('state')).toBe('s t&te');
  });

  it.each([
    ['nobody at prompt=none', { login_hint: null, prompt: 'none' }, 'login_required', 50058],
    ['a scope without consent', { scope: 'openid Mail.Read' }, 'consent_required', 65001],
    ['a scope of another resource', { scope: 'api://other/read' }, 'invalid_scope', 70011],
    ['a user who does not exist', { login_hint: 'nobody@contoso.example' }, 'invalid_request', 50034],
    ['a disabled user', { login_hint: 'left@contoso.example' }, 'invalid_grant', 50057],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type', 70005],
  ])('goes back with an error for %s', async (_case, change, error, code) => {
    const { location } = await authorize(change);
    expect(location?.searchParams.get('error')).toBe(error);
    expect(location?.searchParams.get('error_description')).toContain(`AADSTS${code}:`);
  });

  it('shows a page where it may not go back', async () => {
    const elsewhere = await authorize({ redirect_uri: 'https://evil.example/' });
    expect([elsewhere.status, elsewhere.location]).toEqual([400, undefined]);
    expect(elsewhere.text).toContain('AADSTS50011');
    expect((await authorize({ client_id: 'unknown' })).text).toContain('AADSTS700016');
  });

  it('answers as fragment or by a form', async () => {
    const fragment = await authorize({ response_mode: 'fragment' });
    expect(new URLSearchParams(fragment.location?.hash.slice(1)).get('code')).not.toBeNull();
    const form = await authorize({ response_mode: 'form_post' });
    expect(form.text).toContain(`action="${REDIRECT}"`);
    expect(form.text).toContain('name="state" value="s t&amp;te"');
  });

  it('finds the tenant of the user behind common', async () => {
    const document = await fetch(`${simulator.graphOrigin}/common/v2.0/.well-known/openid-configuration`);
    expect(await document.json()).toMatchObject({ issuer: 'https://login.sim.local/{tenantid}/v2.0' });
    const { location } = await authorize({}, 'organizations');
    const { json } = await simulator.signIn(
      { ...DEMO_CONTOSO, entraTenantId: 'organizations' },
      {
        grant_type: 'authorization_code',
        code: location?.searchParams.get('code') ?? '',
        redirect_uri: REDIRECT,
        code_verifier: VERIFIER,
      },
    );
    expect(claimsOf(json.id_token).tid).toBe(DEMO_CONTOSO.entraTenantId);
    const open = await simulator.signIn({ ...DEMO_CONTOSO, entraTenantId: 'common' });
    expect(open.json).toMatchObject({ error_codes: [50059] });
  });

  it('lends no more than the scopes, and no more than the user may', async () => {
    const tokenOf = async (name: string, scope: string) => {
      const code = await codeOf({ login_hint: name, scope: `openid ${scope}` });
      return String((await redeem(code)).json.access_token);
    };
    const groupsOnly = await tokenOf('ada.admin@contoso.example', 'Group.Read.All');
    expect((await simulator.graph(POLICIES, groupsOnly)).text).toContain('Application is not authorized');
    const both = 'Group.Read.All DeviceManagementConfiguration.Read.All';
    expect((await simulator.graph(POLICIES, await tokenOf('ada.admin@contoso.example', both))).status).toBe(200);
    const plain = await tokenOf('plain@contoso.example', both);
    expect((await simulator.graph('/v1.0/groups', plain)).status).toBe(200);
    const refused = await simulator.graph(POLICIES, plain);
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining('User is not authorized to perform this operation'),
    ]);
    const me = await simulator.graph('/v1.0/me', await tokenOf('plain@contoso.example', 'User.Read'));
    expect(me.json).toMatchObject({ id: 'u-plain', userPrincipalName: 'plain@contoso.example' });
  });

  it('keeps tenants apart: a code of one app is nothing to another', async () => {
    const stolen = await simulator.signIn(DEMO_FABRIKAM, {
      grant_type: 'authorization_code',
      code: await codeOf(),
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
    });
    expect(stolen.json).toMatchObject({ error: 'invalid_grant' });
  });
});
