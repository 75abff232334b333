import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sendGraphError, sendJson } from '#libs/graph-client/testing/scripted-server.js';
import { DirectoryApp } from './directory-app.js';
import { group, groupId } from './scripted-directory.js';

describe('the live search of groups', () => {
  let directory: DirectoryApp;

  beforeAll(async () => {
    directory = await DirectoryApp.start();
  });
  beforeEach(() => {
    directory.graph.seen.splice(0);
    directory.tokens.asked.splice(0);
    directory.tokens.token = { available: true, accessToken: 'token-of-the-owner' };
  });
  afterAll(() => directory.close());

  const search = (text: string) => directory.call('get', '/live', { role: 'Owner' }).query({ search: text });
  const stateFor = async (role: 'Owner' | 'Manager') =>
    (await directory.call('get', '/live/state', { role }).expect(200)).body as object;

  it('asks Graph with the token of the caller for this tenant, and shows what it found', async () => {
    directory.script = (_, response) => sendJson(response, { value: [group(1, { mailEnabled: true })] });
    const { body } = await search(' sales ').expect(200);
    expect(body).toEqual({
      items: [
        { id: groupId(1), displayName: 'Group 1', description: null, mail: null, kinds: ['security', 'mail_enabled'] },
      ],
      more: false,
    });
    expect(directory.tokens.asked).toEqual([directory.contoso.entraTenantId]);
    const [asked] = directory.graph.seen;
    expect(asked?.headers).toMatchObject({ authorization: 'Bearer token-of-the-owner', consistencylevel: 'eventual' });
    const url = new URL(asked?.url ?? '', directory.graph.origin);
    expect(url.pathname).toBe('/v1.0/groups');
    expect(url.searchParams.get('$search')).toBe('"displayName:sales" OR "mail:sales"');
    expect(url.searchParams.get('$top')).toBe('20');
    expect(await stateFor('Owner')).toEqual({ enabled: true, reason: null, message: null });
  });

  it('keeps nothing of what it found', async () => {
    directory.script = (_, response) => sendJson(response, { value: [group(1)] });
    await search('sales').expect(200);
    expect(await directory.db.database.query('SELECT 1 FROM directory_groups')).toEqual([]);
  });

  it('lets no text out of its quotes', async () => {
    directory.script = (_, response) => sendJson(response, { value: [] });
    await search('a" OR "b\\').expect(200);
    const url = new URL(directory.graph.seen[0]?.url ?? '', directory.graph.origin);
    const quoted = 'a\\" OR \\"b\\\\';
    expect(url.searchParams.get('$search')).toBe(`"displayName:${quoted}" OR "mail:${quoted}"`);
  });

  it('shows twenty at most, and says that there are more', async () => {
    const value = Array.from({ length: 30 }, (_, n) => group(n));
    directory.script = (_, response) => sendJson(response, { value });
    const { body } = await search('group').expect(200);
    expect(body.items).toHaveLength(20);
    expect(body.more).toBe(true);
    expect(directory.graph.seen).toHaveLength(1);
  });

  it('is disabled without a token, for the reason that there is none, and does not reach Graph', async () => {
    const message = 'Sign in with Microsoft to search the directory live.';
    directory.tokens.token = { available: false, reason: 'not_signed_in_with_microsoft', message };
    const { body } = await search('sales').expect(409);
    expect(body).toMatchObject({
      code: 'directory.live_search_unavailable',
      reason: 'not_signed_in_with_microsoft',
      detail: message,
    });
    expect(await stateFor('Owner')).toEqual({ enabled: false, reason: 'not_signed_in_with_microsoft', message });
    expect(directory.graph.seen).toEqual([]);
  });

  it('is for owners, who keep the members; others see why it is disabled', async () => {
    await directory.call('get', '/live', { role: 'Manager' }).query({ search: 'sales' }).expect(403);
    expect(await stateFor('Manager')).toMatchObject({
      enabled: false,
      reason: 'role_required',
      message: expect.stringContaining('Owner'),
    });
    expect(directory.graph.seen).toEqual([]);
  });

  it.each([
    [401, 409, 'directory.sign_in_ended'],
    [403, 403, 'directory.live_search_forbidden'],
    [400, 503, 'directory.live_search_failed'],
    [500, 503, 'directory.live_search_failed'],
  ])('tells a %i of Graph as %i %s, without a word of Graph', async (refusal, status, code) => {
    directory.script = (_, response) => sendGraphError(response, refusal, 'Some_Code', 'text of Graph');
    const answer = await search('sales').expect(status);
    expect(answer.body).toMatchObject({ code });
    expect(answer.text).not.toMatch(/text of Graph|Some_Code|token-of-the-owner/);
  });

  it.each(['', 'a', ' a ', 'x'.repeat(101)])('refuses to look for %j', async (text) => {
    const { body } = await search(text).expect(422);
    expect(body.errors[0].field).toBe('search');
    expect(directory.graph.seen).toEqual([]);
  });
});
