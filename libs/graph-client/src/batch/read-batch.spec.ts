import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type Script,
  type ScriptedServer,
  type SeenRequest,
  scriptedServer,
  sendGraphError,
  sendJson,
} from '../../testing/scripted-server.js';
import { failureOf, testClient } from '../../testing/test-client.js';

interface WireMember {
  id: string;
  method: string;
  url: string;
}
const membersOf = (request: SeenRequest): WireMember[] =>
  (JSON.parse(request.body) as { requests: WireMember[] }).requests;
const asked = (count: number): { id: string; path: string }[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `p${n}`,
    path: `/beta/deviceManagement/configurationPolicies/${n}/settings`,
  }));
const lastNumber = (url: string): number => Number(/\/(\d+)\//.exec(url)?.[1]);

describe('Graph $batch', () => {
  let server: ScriptedServer;
  const serve = async (script: Script): Promise<ScriptedServer> => (server = await scriptedServer(script));
  afterEach(() => server.close());

  it('asks 20 at a time, per version, and maps answers in any order and with ids as numbers', async () => {
    const { origin, seen } = await serve((request, response) =>
      sendJson(response, {
        responses: membersOf(request)
          .map(({ id, url }) => ({ id: Number(id), status: 200, body: { url } }))
          .reverse(),
      }),
    );
    const requests = [...asked(43), { id: 'P0', path: '/v1.0/groups/a', query: { $filter: 'A&B' } }];
    const replies = await testClient(origin).client.batch(requests);
    expect(
      seen.map(({ method, url, body }) => [method, url, (JSON.parse(body) as { requests: [] }).requests.length]),
    ).toEqual([
      ['POST', '/beta/$batch', 20],
      ['POST', '/beta/$batch', 20],
      ['POST', '/beta/$batch', 3],
      ['POST', '/v1.0/$batch', 1],
    ]);
    expect(replies.size).toBe(44);
    expect(replies.get('p41')).toEqual({
      ok: true,
      body: { url: '/deviceManagement/configurationPolicies/41/settings' },
    });
    expect(replies.get('P0')).toEqual({ ok: true, body: { url: '/groups/a?$filter=A%26B' } });
  });

  it('asks failed members again on their own after the largest wait, and lets the others stand', async () => {
    const { origin, seen } = await serve((request, response, index) => {
      const responses = membersOf(request).map(({ id, url }) => {
        const n = lastNumber(url);
        if (n === 1)
          return {
            id,
            status: 404,
            headers: { 'Request-Id': 'r-1' },
            body: { error: { code: 'ResourceNotFound', message: 'Gone' } },
          };
        if (index === 0 && n === 2)
          return {
            id,
            status: 429,
            headers: { 'retry-after': '0.249' },
            body: { error: { code: 'TooManyRequests', message: 'Slow' } },
          };
        if (index === 0 && n === 3) return { id, status: 503, headers: { 'Retry-After': 12 }, body: '' };
        if (index <= 1 && n === 4) return { id, status: 200, body: 'PGh0bWw+' };
        return { id, status: 200, body: { n } };
      });
      // Number 5 gets no answer at first.
      sendJson(response, { responses: index === 0 ? responses.filter((_, at) => at !== 5) : responses.reverse() });
    });
    const { client, clock } = testClient(origin);
    const replies = await client.batch(asked(7));
    expect(seen.map((request) => membersOf(request).map(({ url }) => lastNumber(url)))).toEqual([
      [0, 1, 2, 3, 4, 5, 6],
      [2, 3, 4, 5],
      [4],
    ]);
    expect(clock.waits).toEqual([12_000, 20_000]);
    expect([...replies.values()].filter(({ ok }) => ok)).toHaveLength(6);
    expect(replies.get('p1')).toMatchObject({
      ok: false,
      failure: { code: 'graph.not_found', status: 404, requestId: 'r-1' },
    });
    expect(replies.get('p4')).toEqual({ ok: true, body: { n: 4 } });
  });

  it('fails only the members that stay throttled', async () => {
    const { origin, seen } = await serve((request, response) =>
      sendJson(response, {
        responses: membersOf(request).map(({ id, url }) =>
          lastNumber(url) === 1 ? { id, status: 429, headers: {}, body: {} } : { id, status: 200, body: {} },
        ),
      }),
    );
    const replies = await testClient(origin, { maxAttempts: 3 }).client.batch(asked(3));
    expect(replies.get('p0')).toEqual({ ok: true, body: {} });
    expect(replies.get('p1')).toMatchObject({ ok: false, failure: { code: 'graph.throttled', status: 429 } });
    expect(seen).toHaveLength(3);
  });

  it('repeats a batch that is throttled as a whole, and throws when it is refused', async () => {
    const { origin } = await serve((_, response, index) => {
      if (index === 0) return sendGraphError(response, 429, 'TooManyRequests', 'Slow', { 'retry-after': '2' });
      if (index === 1) return sendJson(response, { responses: [{ id: '0', status: 204 }] });
      return sendGraphError(response, 400, 'BadRequest', 'Malformed');
    });
    const { client } = testClient(origin);
    expect((await client.batch(asked(1))).get('p0')).toEqual({ ok: true, body: {} });
    expect(await failureOf(client.batch(asked(1)))).toMatchObject({ code: 'graph.bad_request' });
  });

  it('counts every member against the budget', async () => {
    const { origin } = await serve((request, response) =>
      sendJson(response, { responses: membersOf(request).map(({ id }) => ({ id, status: 200, body: {} })) }),
    );
    const { client, clock } = testClient(origin, { requestsPerWindow: 40, windowMs: 20_000 });
    await client.batch(asked(40));
    expect(clock.waits).toEqual([]);
    await client.batch(asked(1));
    expect(clock.waits).toEqual([20_000]);
  });

  it('asks nothing for nothing and refuses doubled ids', async () => {
    const { origin, seen } = await serve((_, response) => sendJson(response, {}));
    const { client } = testClient(origin);
    expect((await client.batch([])).size).toBe(0);
    await expect(client.batch([...asked(1), ...asked(1)])).rejects.toThrow('same id');
    expect(seen).toHaveLength(0);
  });
});
