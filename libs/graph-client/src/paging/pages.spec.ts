import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type Script,
  type ScriptedServer,
  scriptedServer,
  sendGraphError,
  sendJson,
} from '../../testing/scripted-server.js';
import { failureOf, testClient } from '../../testing/test-client.js';

const PATH = '/beta/deviceManagement/configurationPolicies';

describe('Graph paging', () => {
  let server: ScriptedServer;
  const serve = async (script: Script): Promise<ScriptedServer> => (server = await scriptedServer(script));
  afterEach(() => server.close());
  const link = (query: string): string => `${server.origin}${PATH}?${query}`;

  it('follows every nextLink as given, over empty pages, with the same headers', async () => {
    const token = '$skiptoken=%255Bcosmosdb%255D%255B%257B%2522compositeToken';
    const { origin, seen } = await serve((_, response, index) => {
      if (index === 0) return sendJson(response, { value: [{ id: '1' }, { id: '2' }], '@odata.nextLink': link(token) });
      if (index === 1) return sendJson(response, { value: [], '@odata.nextLink': link('$skiptoken=last') });
      return sendJson(response, { value: [{ id: '3' }] });
    });
    const { client } = testClient(origin);
    const items = await client.list(PATH, { query: { $top: '2' }, headers: { ConsistencyLevel: 'eventual' } });
    expect(items.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(seen.map(({ url }) => url)).toEqual([`${PATH}?$top=2`, `${PATH}?${token}`, `${PATH}?$skiptoken=last`]);
    expect(seen.every(({ headers }) => headers.consistencylevel === 'eventual')).toBe(true);
  });

  it('goes on from a link that Graph gave', async () => {
    const { origin, seen } = await serve((_, response) => sendJson(response, { value: [{ id: '26' }] }));
    await expect(testClient(origin).client.list(link('$skiptoken=a%2520b'))).resolves.toEqual([{ id: '26' }]);
    expect(seen[0]?.url).toBe(`${PATH}?$skiptoken=a%2520b`);
  });

  it('ends at a nextLink that comes again', async () => {
    const { origin, seen } = await serve((_, response) =>
      sendJson(response, { value: [{ id: '1' }], '@odata.nextLink': link('$skiptoken=same') }),
    );
    const failure = await failureOf(testClient(origin).client.list(PATH));
    expect(failure).toMatchObject({ code: 'graph.protocol' });
    expect(failure.detail).toContain('came twice');
    expect(seen).toHaveLength(2);
  });

  it('ends at the page cap', async () => {
    const { origin, seen } = await serve((_, response, index) =>
      sendJson(response, { value: [], '@odata.nextLink': link(`$skiptoken=${index}`) }),
    );
    expect(await failureOf(testClient(origin, { maxPages: 5 }).client.list(PATH))).toMatchObject({
      code: 'graph.protocol',
    });
    expect(seen).toHaveLength(5);
  });

  it('gives a foreign nextLink neither a call nor a bearer', async () => {
    const foreign = await scriptedServer((_, response) => sendJson(response, { value: [] }));
    try {
      const { origin } = await serve((_, response) =>
        sendJson(response, { value: [{ id: '1' }], '@odata.nextLink': `${foreign.origin}${PATH}?$skiptoken=x` }),
      );
      expect(await failureOf(testClient(origin).client.list(PATH))).toMatchObject({ code: 'graph.protocol' });
      expect(foreign.seen).toEqual([]);
    } finally {
      await foreign.close();
    }
  });

  it('fails on an answer that is no collection, and keeps what pages gave before a failure', async () => {
    const { origin } = await serve((request, response, index) => {
      if (request.url === '/beta/one') return sendJson(response, { id: 'one' });
      if (index === 0) return sendJson(response, { value: [{ id: '1' }], '@odata.nextLink': link('$skiptoken=2') });
      return sendGraphError(response, 403, 'Forbidden', 'No');
    });
    const { client } = testClient(origin);
    const read: unknown[] = [];
    const reading = (async () => {
      for await (const page of client.pages(PATH)) read.push(...page.items);
    })();
    expect(await failureOf(reading)).toMatchObject({ code: 'graph.forbidden' });
    expect(read).toEqual([{ id: '1' }]);
    expect(await failureOf(client.list('/beta/one'))).toMatchObject({ code: 'graph.protocol' });
  });
});
