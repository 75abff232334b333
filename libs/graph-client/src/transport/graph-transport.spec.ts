import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
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
import { systemClock, type GraphClock } from '../time/graph-clock.js';

const PATH = '/beta/deviceManagement/deviceConfigurations/1';

describe('Graph transport', () => {
  let server: ScriptedServer;
  const serve = async (script: Script): Promise<ScriptedServer> => (server = await scriptedServer(script));
  afterEach(() => server.close());

  it('sends the bearer, a client-request-id and percent-encoded options', async () => {
    const { origin, seen } = await serve((_, response) => sendJson(response, { id: '1' }));
    const { client } = testClient(origin);
    await client.get('/beta/groups', {
      query: { $filter: "displayName eq 'A&B + C#'" },
      headers: { ConsistencyLevel: 'eventual', authorization: 'Bearer foreign' },
    });
    expect(seen[0]?.url).toBe('/beta/groups?$filter=displayName%20eq%20%27A%26B%20%2B%20C%23%27');
    expect(new URL(seen[0]?.url ?? '', origin).searchParams.get('$filter')).toBe("displayName eq 'A&B + C#'");
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer token-1', consistencylevel: 'eventual' });
    expect(seen[0]?.headers['client-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gives the object whole, unknown properties included, and an empty one for 204', async () => {
    const body = { id: '1', 'x@odata.type': '#Y', future: { deep: [1, null] } };
    const { origin } = await serve((request, response) =>
      request.url === PATH ? sendJson(response, body) : response.writeHead(204).end(),
    );
    const { client } = testClient(origin);
    await expect(client.get(PATH)).resolves.toEqual(body);
    await expect(client.get('/beta/nothing')).resolves.toEqual({});
  });

  it.each([
    '//evil.example/beta',
    'https://evil.example/beta',
    'http://user:pw@127.0.0.1/beta',
    'beta/groups',
    '/beta/a#b',
  ])('refuses to call %s', async (target) => {
    const { origin, seen } = await serve((_, response) => sendJson(response, {}));
    const { client, asked } = testClient(origin);
    expect(await failureOf(client.get(target.replace('127.0.0.1', new URL(origin).host)))).toMatchObject({
      code: 'graph.protocol',
    });
    expect(seen).toHaveLength(0);
    expect(asked).toHaveLength(0);
  });

  it('does not follow a redirect with the bearer', async () => {
    const { origin, seen } = await serve((_, response) =>
      response.writeHead(302, { location: '/beta/elsewhere' }).end(),
    );
    expect(await failureOf(testClient(origin).client.get(PATH))).toMatchObject({ code: 'graph.protocol', status: 302 });
    expect(seen).toHaveLength(1);
  });

  it('renews a refused token once, and gives up when the new one is refused too', async () => {
    const { origin, seen } = await serve((request, response) =>
      request.headers.authorization === 'Bearer token-2' && request.url === PATH
        ? sendJson(response, { id: '1' })
        : sendGraphError(
            response,
            401,
            'InvalidAuthenticationToken',
            'Lifetime validation failed, the token is expired.',
          ),
    );
    const { client, asked, clock } = testClient(origin);
    await expect(client.get(PATH)).resolves.toEqual({ id: '1' });
    expect(asked.filter(({ forceRefresh }) => forceRefresh)).toHaveLength(1);
    expect(seen).toHaveLength(2);
    expect(await failureOf(client.get('/beta/refused'))).toMatchObject({
      code: 'graph.unauthorized',
      status: 401,
      graphCode: 'InvalidAuthenticationToken',
    });
    expect(seen).toHaveLength(4);
    expect(clock.waits).toEqual([]);
  });

  it.each([
    [400, 'graph.bad_request'],
    [403, 'graph.forbidden'],
    [404, 'graph.not_found'],
    [405, 'graph.bad_request'],
    [500, 'graph.unavailable'],
  ])('does not repeat a %i', async (status, code) => {
    const { origin, seen } = await serve((_, response) =>
      sendGraphError(response, status, 'SomeCode', 'Some text', { 'request-id': 'r-1' }),
    );
    const failure = await failureOf(testClient(origin).client.get(PATH, { query: { $filter: 'private' } }));
    expect(failure).toBeInstanceOf(GraphFailure);
    expect(failure).toMatchObject({ code, status, graphCode: 'SomeCode', requestId: 'r-1' });
    expect(failure.detail).toContain('Some text');
    expect(failure.detail).not.toContain('private');
    expect(seen).toHaveLength(1);
  });

  it('cuts tokens that a gateway quotes out of the failure', async () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
    const { origin } = await serve((_, response) =>
      sendGraphError(response, 400, 'BadRequest', `Header was Bearer ${token}`),
    );
    expect((await failureOf(testClient(origin).client.get(PATH))).message).not.toContain('eyJ');
  });

  it('stops reading a body at the cap', async () => {
    const { origin, seen } = await serve((_, response) => sendJson(response, { text: 'x'.repeat(5_000) }));
    const failure = await failureOf(testClient(origin, { maxBodyBytes: 1_000 }).client.get(PATH));
    expect(failure).toMatchObject({ code: 'graph.protocol' });
    expect(failure.detail).toContain('larger than 1000 bytes');
    expect(seen).toHaveLength(1);
  });

  it('reads gzip, and counts the cap after unpacking', async () => {
    const { origin } = await serve((_, response) =>
      response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .end(gzipSync(JSON.stringify({ text: 'x'.repeat(5_000) }))),
    );
    await expect(testClient(origin).client.get(PATH)).resolves.toEqual({ text: 'x'.repeat(5_000) });
    const capped = testClient(origin, { maxBodyBytes: 1_000 }).client;
    expect(await failureOf(capped.get(PATH))).toMatchObject({ code: 'graph.protocol' });
  });

  it('ends with the reason of the signal, before, during and between attempts', async () => {
    const reason = new Error('cancelled by a person');
    const stop = new AbortController();
    const { origin, seen } = await serve((_, response, index) => {
      if (index === 0) return sendGraphError(response, 429, 'TooManyRequests', 'Slow down', { 'retry-after': '100' });
      return stop.abort(reason);
    });
    const tokens = { token: () => Promise.resolve('t') };
    const waiting = new AbortController();
    const clock: GraphClock = {
      now: () => systemClock.now(),
      delay: (ms, signal) => {
        const waited = systemClock.delay(ms, signal);
        waiting.abort(reason);
        return waited;
      },
    };
    const client = createGraphClient({ graphOrigin: origin, tokens, clock });
    await expect(failureOf(client.get(PATH, { signal: waiting.signal }))).resolves.toBe(reason);

    const other = createGraphClient({ graphOrigin: origin, tokens });
    await expect(failureOf(other.get(PATH, { signal: stop.signal }))).resolves.toBe(reason);
    await expect(failureOf(other.get(PATH, { signal: stop.signal }))).resolves.toBe(reason);
    expect(seen).toHaveLength(2);
  });
});
