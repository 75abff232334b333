import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type request from 'supertest';
import { CALLBACK, EntraApp } from './entra-app.js';
import { emailOf, startTenancyApp } from './tenancy-app.js';

// Real here: HTTP, sessions in PostgreSQL, openid-client, and a simulated login that signs its tokens.

let entra: EntraApp;
beforeAll(async () => {
  entra = await EntraApp.start();
  await entra.linked(entra.alice);
});
afterAll(() => entra.close());

const START = '/api/v1/auth/entra/start';
const problem = (code: string): string => `/sign-in?problem=auth.entra_${code}`;

async function sessions(): Promise<string> {
  const rows = await entra.tenancy.db.database.query<{ row: string }>(
    `SELECT coalesce(string_agg(s::text, ' '), '') AS row FROM user_sessions s`,
  );
  return rows[0]?.row ?? '';
}

describe('signing in with a Microsoft account', () => {
  it('goes by code with PKCE, state and nonce, none of which the browser could choose', async () => {
    const browser = entra.browser();
    const answer = await browser.get(START);
    expect(answer.status).toBe(303);
    const url = new URL(String(answer.headers['location']));
    expect(url.origin).toBe(entra.simulator.graphOrigin);
    expect(url.pathname).toBe(`/${entra.home}/oauth2/v2.0/authorize`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: entra.app.clientId,
      redirect_uri: CALLBACK,
      scope: 'openid profile offline_access',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(url.href).not.toContain(encodeURIComponent(entra.app.clientSecret));
  });

  it('signs in the user whose account it is, in a session that nobody knew before', async () => {
    const browser = entra.browser();
    const start = await browser.get(`${START}?returnTo=%2Ftenants%3Fa%3D1`);
    const before = browser.cookie;
    const back = await browser.atMicrosoft(String(start.headers['location']), entra.alice);
    const answer = await browser.get(back);
    expect([answer.status, answer.headers['location']]).toEqual([303, '/tenants?a=1']);
    expect(browser.cookie).not.toBe(before);
    const me = await browser.get('/api/v1/me');
    expect(me.body.user.email).toBe(emailOf('Owner'));
    const planted = entra.browser();
    planted.cookie = before;
    expect((await planted.get('/api/v1/me')).status).toBe(401);
    const rows = await entra.tenancy.db.database.query(`SELECT 1 FROM audit_entries WHERE action = 'auth.sign_in'`);
    expect(rows).toHaveLength(1);
  });

  it('refuses a stranger, makes no user of him, and tells by a code that is worded', async () => {
    const browser = entra.browser();
    const users = (): Promise<object[]> => entra.tenancy.db.database.query('SELECT id FROM users');
    const before = await users();
    expect(await browser.signIn(entra.mallory)).toBe(problem('unknown_person'));
    expect((await browser.get('/api/v1/me')).status).toBe(401);
    expect(await users()).toEqual(before);
  });

  it('tells the same account name in another directory from the one that is linked', async () => {
    await entra.linked(entra.mallory, emailOf('Readonly'));
    expect(await entra.browser().signIn(entra.mallory)).toBe('/');
    expect(await entra.browser().signIn(entra.mallory, `?directory=${entra.elsewhere}`)).toBe(
      problem('unknown_person'),
    );
    await entra.tenancy.db.database.query('DELETE FROM user_identities WHERE object_id = $1', [entra.mallory.id]);
  });

  it('refuses a disabled user like a stranger', async () => {
    await entra.tenancy.db.database.query('UPDATE users SET disabled_at = now() WHERE email = $1', [emailOf('Owner')]);
    expect(await entra.browser().signIn(entra.alice)).toBe(problem('unknown_person'));
    await entra.tenancy.db.database.query('UPDATE users SET disabled_at = NULL');
  });

  it('goes its way once, in the browser that began it, and with what it was sent', async () => {
    const browser = entra.browser();
    const back = await browser.atMicrosoft(String((await browser.get(START)).headers['location']), entra.alice);
    const victim = entra.browser();
    await victim.get(START);
    for (const other of [entra.browser(), victim]) {
      expect((await other.get(back)).headers['location']).toBe(problem('expired'));
      expect((await other.get('/api/v1/me')).status).toBe(401);
    }
    expect((await browser.get(back)).headers['location']).toBe('/');
    expect((await browser.get(back)).headers['location']).toBe(problem('expired'));
    expect((await browser.get('/api/v1/me')).status).toBe(200);
  });

  it.each<[string, Record<string, string>, string]>([
    ['another nonce', { nonce: 'x'.repeat(43) }, 'failed'],
    ['another PKCE challenge', { code_challenge: 'x'.repeat(43) }, 'failed'],
    ['another state', { state: 'x'.repeat(43) }, 'expired'],
    ['a refusal by the person', { sim_cancel: '1' }, 'denied'],
  ])('ends with %s', async (_what, changed, code) => {
    const browser = entra.browser();
    const address = String((await browser.get(START)).headers['location']);
    const back = await browser.atMicrosoft(address, entra.alice, changed);
    expect((await browser.get(back)).headers['location']).toBe(problem(code));
    expect((await browser.get('/api/v1/me')).status).toBe(401);
  });

  it('takes a way of more than ten minutes for none', async () => {
    const browser = entra.browser();
    const back = await browser.atMicrosoft(String((await browser.get(START)).headers['location']), entra.alice);
    await entra.tenancy.db.database.query(
      `UPDATE user_sessions SET sess = jsonb_set(sess::jsonb, '{entra,pending,startedAt}', '1')::json
       WHERE sess->'entra' IS NOT NULL`,
    );
    expect((await browser.get(back)).headers['location']).toBe(problem('expired'));
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/a\nb', 'x'])(
    'goes on to pages of its own alone: not to %j',
    async (returnTo) => {
      const answer = await entra.browser().get(`${START}?returnTo=${encodeURIComponent(returnTo)}`);
      expect(answer.status).toBe(422);
    },
  );

  it('asks no directory that is none, and says when Microsoft is not to be reached', async () => {
    const browser = entra.browser();
    expect((await browser.get(`${START}?directory=..%2Fcommon`)).status).toBe(422);
    const unknown = await browser.get(`${START}?directory=11111111-1111-4111-8111-111111111111`);
    expect(unknown.headers['location']).toBe(problem('failed'));
    expect(unknown.headers['set-cookie']).toBeUndefined();
  });

  it('keeps codes, verifiers and tokens out of the session of a browser that has arrived', async () => {
    const browser = entra.browser();
    await browser.signIn(entra.alice);
    // With its dot, since a session's random id may hold the first letters of a token.
    expect(await sessions()).not.toMatch(/\beyJ[\w-]+\.|access_?token|refresh_?token/i);
    const [row] = await entra.tenancy.db.database.query<{ text: string }>(
      `SELECT encode(sealed_tokens, 'escape') AS text FROM session_tokens LIMIT 1`,
    );
    expect(row?.text).toBeDefined();
    expect(row?.text).not.toContain('refreshToken');
  });
});

describe('linking a Microsoft account', () => {
  const LINK = '/api/v1/auth/entra/link';

  it('makes it the one that the signed-in person signs in with', async () => {
    const browser = entra.browser();
    await browser.signInWithPassword(emailOf('Operator'));
    const { status, body } = await browser.post(LINK, { returnTo: '/me' });
    expect(status).toBe(200);
    expect(new URL(body.url as string).searchParams.get('prompt')).toBe('select_account');
    const back = await browser.atMicrosoft(body.url as string, entra.mallory);
    expect((await browser.get(back)).headers['location']).toBe('/me');
    expect((await browser.get(back)).headers['location']).toBe(problem('expired'));
    const other = entra.browser();
    expect(await other.signIn(entra.mallory)).toBe('/');
    expect((await other.get('/api/v1/me')).body.user.email).toBe(emailOf('Operator'));
  });

  it('is listed for its user, who alone can take it away again', async () => {
    const ACCOUNTS = '/api/v1/auth/entra/accounts';
    const address = `${ACCOUNTS}/${entra.home}/${entra.mallory.id}`;
    const [mine, foreign] = [emailOf('Operator'), emailOf('Readonly')];
    const call = async (method: 'get' | 'delete', path: string, email: string): Promise<request.Response> =>
      entra.tenancy
        .http()
        [method](path)
        .set('cookie', await entra.tenancy.signIn(email));
    const { items } = (await call('get', ACCOUNTS, mine)).body as { items: object[] };
    expect(items).toEqual([expect.objectContaining({ directory: entra.home, objectId: entra.mallory.id })]);
    expect((await call('get', ACCOUNTS, foreign)).body).toEqual({ items: [] });
    expect((await call('delete', address, foreign)).body).toMatchObject({ status: 403, code: 'access.denied' });
    expect((await call('delete', `${ACCOUNTS}/x/y`, mine)).status).toBe(403);
    expect((await call('delete', address, mine)).status).toBe(204);
    expect(await entra.browser().signIn(entra.mallory)).toBe(problem('unknown_person'));
  });

  it('does not take an account from another user', async () => {
    const browser = entra.browser();
    await browser.signInWithPassword(emailOf('Readonly'));
    const { body } = await browser.post(LINK);
    const back = await browser.atMicrosoft(body.url as string, entra.alice);
    expect((await browser.get(back)).headers['location']).toBe(problem('linked_to_another'));
    const other = entra.browser();
    await other.signIn(entra.alice);
    expect((await other.get('/api/v1/me')).body.user.email).toBe(emailOf('Owner'));
  });

  it('is for whoever began it: not for who signed in meanwhile, nor for nobody', async () => {
    const { database } = entra.tenancy.db;
    const identities = (): Promise<object[]> => database.query('SELECT user_id FROM user_identities ORDER BY 1');
    const before = await identities();
    for (const inBetween of [
      `UPDATE users SET disabled_at = now() WHERE email = '${emailOf('Manager')}'`,
      `UPDATE user_sessions SET sess = jsonb_set(sess::jsonb, '{passport,user}',
         (SELECT to_jsonb(id) FROM users WHERE email = '${emailOf('Readonly')}'))::json WHERE sess->'entra' IS NOT NULL`,
    ]) {
      const browser = entra.browser();
      await browser.signInWithPassword(emailOf('Manager'));
      const { body } = await browser.post(LINK);
      const back = await browser.atMicrosoft(body.url as string, entra.newcomer);
      await database.query(inBetween);
      expect((await browser.get(back)).headers['location']).toBe(problem('expired'));
      await database.query('UPDATE users SET disabled_at = NULL');
    }
    expect(await identities()).toEqual(before);
    expect((await entra.browser().post(LINK)).status).toBe(401);
  });

  it('does not begin from another site, nor with an API token', async () => {
    const cookie = await entra.tenancy.signIn(emailOf('Manager'));
    const foreign = entra.tenancy.http().post(LINK).set({ cookie, 'sec-fetch-site': 'cross-site' }).send({});
    expect((await foreign).status).toBe(403);
    const created = await entra.tenancy.http().post('/api/v1/me/api-tokens').set('cookie', cookie).send({ name: 'x' });
    const bearer = `Bearer ${created.body.token}`;
    const answer = await entra.tenancy.http().post(LINK).set('authorization', bearer).send({});
    expect([answer.status, answer.body.code]).toEqual([403, 'auth.entra_session_required']);
  });
});

describe('without the settings', () => {
  it('is not offered, and says so in words', async () => {
    const tenancy = await startTenancyApp();
    const state = await tenancy.http().get('/api/v1/auth/entra').expect(200);
    expect(state.body).toMatchObject({ available: false, message: expect.stringMatching(/not set up/) });
    const start = await tenancy.http().get(START).expect(303);
    expect(start.headers['location']).toBe(problem('not_configured'));
    expect(start.headers['set-cookie']).toBeUndefined();
    await tenancy.close();
    const { body } = await entra.tenancy.http().get('/api/v1/auth/entra').expect(200);
    expect(body).toMatchObject({ available: true, message: null });
    expect(body.problems).toHaveProperty(['auth.entra_unknown_person'], expect.stringMatching(/^[A-Z].+\.$/));
  });
});
