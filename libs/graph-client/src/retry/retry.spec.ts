import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../testing/manual-clock.js';
import {
  type Script,
  type ScriptedServer,
  scriptedServer,
  sendGraphError,
  sendJson,
} from '../../testing/scripted-server.js';
import { failureOf, testClient } from '../../testing/test-client.js';
import { createGraphClient } from '../graph-client.js';
import { GraphFailure } from '../graph-failure.js';
import { retryAfterMs } from './retry-after.js';

const PATH = '/beta/deviceManagement/configurationPolicies';
const NOON = Date.UTC(2026, 10, 21, 12, 0, 0);

describe('Retry-After', () => {
  it.each([
    ['5', 5_000],
    ['0', 0],
    ['0.249', 249],
    [' 7 ', 7_000],
    [3, 3_000],
    ['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
    ['Saturday, 21-Nov-26 12:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['', undefined],
    ['-5', undefined],
    ['soon', undefined],
    ['2026', 2_026_000],
    [undefined, undefined],
    [null, undefined],
  ])('%p is %p ms', (value, expected) => {
    expect(retryAfterMs(value, NOON)).toBe(expected);
  });
});

describe('Graph retries', () => {
  let server: ScriptedServer;
  const serve = async (script: Script): Promise<ScriptedServer> => (server = await scriptedServer(script));
  afterEach(() => server.close());

  const throttledOnce =
    (headers: Record<string, string>): Script =>
    (_, response, index) =>
      index === 0
        ? sendGraphError(response, 429, 'TooManyRequests', 'Slow', headers)
        : sendJson(response, { ok: true });

  it.each([
    ['seconds', { 'retry-after': '17' }, 17_000],
    ['decimal seconds', { 'Retry-After': '0.5' }, 500],
    ['a date', { 'retry-after': 'Sat, 21 Nov 2026 12:00:42 GMT' }, 42_000],
    ['nothing', {}, 10_000],
  ])('waits as told by %s', async (_form, headers, wait) => {
    const { origin } = await serve(throttledOnce(headers));
    const { client, clock } = testClient(origin);
    await expect(client.get(PATH)).resolves.toEqual({ ok: true });
    expect(clock.waits).toEqual([wait]);
  });

  it.each([502, 503, 504])('repeats a %i', async (status) => {
    const { origin } = await serve((_, response, index) =>
      index === 0 ? response.writeHead(status).end() : sendJson(response, { ok: true }),
    );
    await expect(testClient(origin).client.get(PATH)).resolves.toEqual({ ok: true });
  });

  it('doubles the wait up to the cap and gives up after the attempts', async () => {
    const { origin, seen } = await serve((_, response) => sendGraphError(response, 429, 'TooManyRequests', 'Slow'));
    const { client, clock } = testClient(origin, { maxAttempts: 6, backoffBaseMs: 100, backoffCapMs: 500 });
    expect(await failureOf(client.get(PATH))).toMatchObject({ code: 'graph.throttled', status: 429 });
    expect(clock.waits).toEqual([100, 200, 400, 500, 500]);
    expect(seen).toHaveLength(6);
  });

  it('spreads its own waits below and the named ones above', async () => {
    const { origin } = await serve((_, response, index) => {
      if (index > 1) return sendJson(response, { ok: true });
      return sendGraphError(response, 503, 'x', 'x', index === 0 ? { 'retry-after': '10' } : {});
    });
    const clock = new ManualClock();
    const tokens = { token: () => Promise.resolve('t') };
    await createGraphClient({ graphOrigin: origin, tokens, clock, random: () => 0.5 }).get(PATH);
    expect(clock.waits).toEqual([10_500, 17_500]);
  });

  it('gives up at once when the named wait outlasts the wall clock', async () => {
    const { origin, seen } = await serve((_, response) =>
      sendGraphError(response, 429, 'TooManyRequests', 'Slow', { 'retry-after': '600' }),
    );
    const { client, clock } = testClient(origin);
    expect(await failureOf(client.get(PATH))).toMatchObject({ code: 'graph.throttled' });
    expect(seen).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });

  it('stops when the waits together outlast the wall clock', async () => {
    const { origin, seen } = await serve((_, response) =>
      sendGraphError(response, 503, 'x', 'x', { 'retry-after': '20' }),
    );
    const { client } = testClient(origin, { callBudgetMs: 50_000, maxAttempts: 100 });
    expect(await failureOf(client.get(PATH))).toMatchObject({ code: 'graph.unavailable', status: 503 });
    expect(seen).toHaveLength(3);
  });

  it.each<[string, Script]>([
    ['a reset before the answer', (_, response) => response.destroy()],
    [
      'a reset in the middle of the body',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"value": [', () => response.destroy());
      },
    ],
    ['JSON that is cut off', (_, response) => response.writeHead(200).end('{"value": [{"id": "1"')],
    ['an HTML page with 200', (_, response) => response.writeHead(200).end('<html>Our services are busy</html>')],
    ['an empty body with 200', (_, response) => response.writeHead(200).end()],
    ['an array', (_, response) => response.writeHead(200).end('[]')],
  ])('repeats after %s, and fails when it stays so', async (_what, fault) => {
    const { origin } = await serve((request, response, index) =>
      request.url === PATH && index > 0 ? sendJson(response, { ok: true }) : fault(request, response, index),
    );
    const { client, clock } = testClient(origin, { maxAttempts: 3 });
    await expect(client.get(PATH)).resolves.toEqual({ ok: true });
    expect(clock.waits).toEqual([10_000]);
    const failure = await failureOf(client.get('/beta/always'));
    expect(failure).toBeInstanceOf(GraphFailure);
    expect(['graph.unavailable', 'graph.protocol']).toContain(failure.code);
  });

  it('takes an attempt without an answer for a network fault', async () => {
    const { origin } = await serve((_, response, index) => {
      if (index > 0) sendJson(response, { ok: true });
    });
    const { client, clock } = testClient(origin, { attemptTimeoutMs: 1_000 });
    await expect(client.get(PATH)).resolves.toEqual({ ok: true });
    expect(clock.waits).toEqual([10_000]);
  });

  it('repeats while the login is down and fails at once when it refuses', async () => {
    const { origin } = await serve((_, response) => sendJson(response, { ok: true }));
    let asked = 0;
    const failing = (code: 'graph.unavailable' | 'graph.unauthorized') => ({
      token: () =>
        (asked += 1) === 1 ? Promise.reject(new GraphFailure(code, { detail: 'login' })) : Promise.resolve('t'),
    });
    const clock = new ManualClock();
    const up = createGraphClient({ graphOrigin: origin, tokens: failing('graph.unavailable'), clock });
    await expect(up.get(PATH)).resolves.toEqual({ ok: true });
    asked = 0;
    const refused = createGraphClient({ graphOrigin: origin, tokens: failing('graph.unauthorized'), clock });
    expect(await failureOf(refused.get(PATH))).toMatchObject({ code: 'graph.unauthorized' });
    expect(asked).toBe(1);
  });
});
