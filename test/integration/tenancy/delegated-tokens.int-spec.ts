import { randomUUID } from 'node:crypto';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import { SESSION_TOKENS } from '../../../src/modules/tenancy/entra/session-tokens.js';
import { Access } from '../../../src/platform/access/access.decorator.js';
import { DelegatedTokens, type DelegatedToken } from '../../../src/platform/access/delegated-tokens.js';
import { SecretBox } from '../../../src/platform/crypto/secret-box.js';
import { EntraApp, type Browser } from './entra-app.js';
import { emailOf } from './tenancy-app.js';

/** A live read, as a page causes one. */
@Controller('live')
export class LiveController {
  constructor(private readonly tokens: DelegatedTokens) {}

  @Get()
  @Access.signedIn()
  read(@Req() request: Request, @Query('directory') directory: string): Promise<DelegatedToken> {
    return this.tokens.forCaller(request, directory);
  }
}

let entra: EntraApp;
let browser: Browser;
beforeAll(async () => {
  entra = await EntraApp.start({ controllers: [LiveController] });
  await entra.linked(entra.alice);
  browser = entra.browser();
  expect(await browser.signIn(entra.alice)).toBe('/');
});
afterAll(() => entra.close());

const ask = async (from: Browser, directory = entra.home): Promise<DelegatedToken & { reason?: string }> =>
  (await from.get(`/api/v1/live?directory=${directory}`)).body as DelegatedToken;

const tokenRows = async (): Promise<number> =>
  (await entra.tenancy.db.database.query('SELECT 1 FROM session_tokens')).length;

describe('the token of a person who signed in with a Microsoft account', () => {
  it('is one that Graph takes for him, asked for once and kept until it ends', async () => {
    const answers = await Promise.all([ask(browser), ask(browser), ask(browser)]);
    const [first] = answers;
    if (first?.available !== true) throw new Error(JSON.stringify(first));
    const claims = JSON.parse(Buffer.from(first.accessToken.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ tid: entra.home, oid: entra.alice.id, scp: 'GroupMember.Read.All' });
    expect(new Set(answers.map((answer) => (answer.available ? answer.accessToken : '')))).toHaveProperty('size', 1);
    expect(await ask(browser)).toEqual(first);
    expect((await entra.simulator.graph('/v1.0/groups', first.accessToken)).status).toBe(200);
  });

  it('is renewed when it ends soon, and the session keeps the new one', async () => {
    const before = await ask(browser);
    await rewrite((kept) => ({ ...kept, expiresAt: Date.now() + 60_000 }));
    const after = await ask(browser);
    expect(after.available).toBe(true);
    expect(after).not.toEqual(before);
    expect(await ask(browser)).toEqual(after);
  });

  it('is none for another directory, for a password or for an API token', async () => {
    expect(await ask(browser, randomUUID())).toMatchObject({ available: false, reason: 'other_directory' });
    const local = entra.browser();
    await local.signInWithPassword(emailOf('Owner'));
    const answer = await ask(local);
    expect(answer).toMatchObject({ available: false, reason: 'not_signed_in_with_microsoft' });
    expect(answer).toHaveProperty('message', expect.stringMatching(/^[A-Z].+\.$/));
    const { body } = await local.post('/api/v1/me/api-tokens', { name: 'x' });
    const program = entra.tenancy.http().get(`/api/v1/live?directory=${entra.home}`);
    const bearer = await program.set({ authorization: `Bearer ${body.token}`, cookie: browser.cookie });
    expect(bearer.body).toMatchObject({ available: false, reason: 'no_session' });
  });

  it('does not open for another session, whoever copies it there', async () => {
    const other = entra.browser();
    expect(await other.signIn(entra.alice)).toBe('/');
    await entra.tenancy.db.database.query(
      `UPDATE session_tokens a SET sealed_tokens = b.sealed_tokens FROM session_tokens b WHERE a.sid <> b.sid`,
    );
    expect([(await ask(browser)).available, (await ask(other)).available]).toEqual([false, false]);
    expect((await ask(other)).reason).toBe('sign_in_again');
    await other.post('/api/v1/auth/logout');
    expect(await browser.signIn(entra.alice)).toBe('/');
  });

  it('ends with the refresh token that Microsoft takes no more', async () => {
    const other = entra.browser();
    await other.signIn(entra.alice);
    const before = await tokenRows();
    await rewrite(() => ({ refreshToken: 'not one of yours' }));
    expect(await ask(other)).toMatchObject({ available: false, reason: 'sign_in_again' });
    expect(await tokenRows()).toBe(before - 1);
    await browser.signIn(entra.alice);
  });

  it('says when the login is out, and is there again afterwards', async () => {
    await rewrite(({ refreshToken }) => ({ refreshToken: refreshToken as string }));
    const rules = [{ match: '/oauth2/v2.0/token', probability: 1, status: 503 }];
    await entra.simulator.control('PUT', '/faults', { rules });
    expect(await ask(browser)).toMatchObject({ available: false, reason: 'login_unreachable' });
    await entra.simulator.control('DELETE', '/faults');
    expect((await ask(browser)).available).toBe(true);
  });

  it('is dropped at sign-out, and not brought back by what is still under way', async () => {
    await rewrite(({ refreshToken }) => ({ refreshToken: refreshToken as string }));
    const cookie = browser.cookie;
    const underWay = ask(browser);
    await browser.post('/api/v1/auth/logout');
    await underWay;
    const sid = decodeURIComponent(cookie).replace(/^.*=s:([^.]+)\..*$/, '$1');
    const left = await entra.tenancy.db.database.query('SELECT 1 FROM session_tokens WHERE sid = $1', [sid]);
    expect(left).toEqual([]);
  });
});

describe('a directory that has not consented', () => {
  it('lets people sign in, and the live read say what is missing', async () => {
    const strict = await EntraApp.start({ consented: false, controllers: [LiveController] });
    await strict.linked(strict.alice);
    const visitor = strict.browser();
    expect(await visitor.signIn(strict.alice)).toBe('/');
    const answer = (await visitor.get(`/api/v1/live?directory=${strict.home}`)).body as DelegatedToken;
    expect(answer).toMatchObject({ available: false, reason: 'consent_missing' });
    await strict.close();
  });
});

/** Changes what every session keeps, as time or Microsoft would. */
async function rewrite(change: (kept: Record<string, unknown>) => object): Promise<void> {
  const box = new SecretBox([entra.tenancy.settings.encryptionKey]);
  const { database } = entra.tenancy.db;
  const rows = await database.query<{ sid: string; sealed: Buffer }>(
    'SELECT sid, sealed_tokens AS sealed FROM session_tokens',
  );
  for (const { sid, sealed } of rows) {
    const purpose = SESSION_TOKENS.purpose([sid]);
    const kept = JSON.parse(box.open(sealed, purpose)) as Record<string, unknown>;
    const anew = box.seal(JSON.stringify(change(kept)), purpose);
    await database.query('UPDATE session_tokens SET sealed_tokens = $2 WHERE sid = $1', [sid, anew]);
  }
}
