import { describe, expect, it } from '@jest/globals';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { BatchReply } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import {
  BatchedGraph,
  empty,
  failing,
  listed,
  read,
  typed,
  type Answer,
} from '../../../../test/support/batched-graph.js';
import { inLanes } from './in-lanes.js';
import type { ListedObject } from './object-reading.js';

const ADMX: PolicyType = {
  ...typed('deviceConfiguration'),
  collection: {
    ...typed('deviceConfiguration').collection,
    key: 'groupPolicyConfigurations',
    path: '/beta/admx',
    assignments: 'none',
    lacks: ['definitionValues'],
    listQuery: {},
    children: [
      {
        name: 'definitionValues',
        path: 'definitionValues',
        keyedBy: 'definition.id',
        each: {
          name: 'presentationValues',
          path: 'presentationValues',
          keyedBy: 'presentation.id',
          noneWhen: { field: 'enabled', is: false },
        },
      },
    ],
  },
};
const SCRIPT: PolicyType = {
  ...ADMX,
  collection: {
    ...ADMX.collection,
    children: [],
    item: { odataTypes: ['#microsoft.graph.script'] },
    lacks: ['scriptContent'],
  },
};

describe('readObjects', () => {
  it('asks for each part of each object once, and answers in the order of the list', async () => {
    const graph = new BatchedGraph();
    const readings = await read(graph, listed(20));
    expect(readings.map(({ externalId }) => externalId)).toEqual(listed(20).map(({ externalId }) => externalId));
    expect(graph.batches).toHaveLength(1);
    expect(new Set(graph.batches.flat()).size).toBe(40);
  });

  it('does not ask for what Graph counts as nothing', async () => {
    const graph = new BatchedGraph();
    const [first, second] = listed(2);
    if (!first || !second) throw new Error('Two were made.');
    const readings = await read(graph, [{ ...first, object: { ...first.object, settingCount: 0 } }, second]);
    expect(graph.batches.flat().filter((path) => path.endsWith('/settings'))).toEqual([
      expect.stringContaining('/p1/settings'),
    ]);
    expect(readings.map(({ children }) => children.get('settings'))).toEqual([[], []]);
  });

  it('asks again, once, for what failed for a passing reason, and for nothing else', async () => {
    const graph = new BatchedGraph(({ path }, times) => {
      if (path.includes('/p1/settings')) return times === 1 ? failing('graph.throttled') : empty({ id: '', path }, 1);
      if (path.includes('/p2/settings')) return failing('graph.unavailable');
      if (path.includes('/p3/settings')) return failing('graph.forbidden');
      return empty({ id: '', path }, 1);
    });
    const readings = await read(graph, listed(5));
    expect(readings.map(({ children }) => children.get('settings') !== undefined)).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
    expect(readings.every(({ assignments }) => assignments !== undefined)).toBe(true);
    expect(graph.batches.slice(1)).toEqual([
      [expect.stringContaining('/p1/settings'), expect.stringContaining('/p2/settings')],
    ]);
  });

  it('reads children of children in a second round, and not where there are none', async () => {
    const values = (...enabled: boolean[]): BatchReply => ({
      ok: true,
      body: { value: enabled.map((on, at) => ({ id: `v${at}`, enabled: on, definition: { id: `d${at}` } })) },
    });
    const graph = new BatchedGraph(({ path }) => {
      if (path === '/beta/admx/p0/definitionValues') return values(true, false);
      if (path === '/beta/admx/p1/definitionValues') return values(true);
      if (path === '/beta/admx/p1/definitionValues/v0/presentationValues') return failing('graph.forbidden');
      return { ok: true, body: { value: [{ id: 'x', presentation: { id: 'n' }, value: '1' }] } };
    });
    const readings = await read(graph, listed(2, ADMX));
    expect(graph.batches[1]).toEqual([
      '/beta/admx/p0/definitionValues/v0/presentationValues',
      '/beta/admx/p1/definitionValues/v0/presentationValues',
    ]);
    expect(graph.batches).toHaveLength(2);
    expect(readings[0]?.children.get('definitionValues')).toEqual([
      {
        id: 'v0',
        enabled: true,
        definition: { id: 'd0' },
        presentationValues: [expect.objectContaining({ value: '1' })],
      },
      { id: 'v1', enabled: false, definition: { id: 'd1' } },
    ]);
    expect(readings[1]?.children.get('definitionValues')).toBeUndefined();
  });

  it('reads an object by itself where the list leaves something out, and notices when the item lacks it, too', async () => {
    const type = (at: number): string => (at === 2 ? '#microsoft.graph.other' : '#microsoft.graph.script');
    const objects = listed(3, SCRIPT).map((one, at) => ({
      ...one,
      object: { ...one.object, '@odata.type': type(at), scriptContent: null },
    }));
    const graph = new BatchedGraph(({ path }) =>
      path.endsWith('p0')
        ? { ok: true, body: { id: 'p0', scriptContent: 'aGk=' } }
        : { ok: true, body: { id: path.split('/').at(-1) } },
    );
    const readings = await read(graph, objects);
    expect(graph.batches).toEqual([['/beta/admx/p0', '/beta/admx/p1']]);
    expect(readings.map(({ object }) => object?.['scriptContent'])).toEqual(['aGk=', undefined, null]);
    expect(readings[1]?.object).toBeUndefined();
  });

  it('throws what refuses a batch as a whole, and stops the chunks beside it', async () => {
    const refusal = new GraphFailure('graph.forbidden', { detail: '' });
    const graph = new BatchedGraph(() => {
      throw refusal;
    });
    const chunks = async function* (): AsyncGenerator<ListedObject[]> {
      for (let at = 0; at < 50; at += 1) yield listed(20);
    };
    const reading = inLanes(chunks(), 6, new AbortController().signal, async (chunk) => {
      await read(graph, chunk);
    });
    await expect(reading).rejects.toBe(refusal);
    expect(graph.batches.length).toBeLessThanOrEqual(6);
  });

  it('asks nothing for an empty list', async () => {
    const graph = new BatchedGraph();
    await expect(read(graph, [])).resolves.toEqual([]);
    expect(graph.batches).toEqual([]);
  });

  it('keeps a setting whose definition is gone', async () => {
    const gone = { id: 'v1', enabled: false, definition: null };
    const graph = new BatchedGraph(() => ({ ok: true, body: { value: [gone, { id: 'v2', enabled: false }] } }));
    const whole = new BatchedGraph(() => ({ ok: true, body: { value: [gone] } }));
    const [broken] = await read(graph, listed(1, ADMX));
    const [kept] = await read(whole, listed(1, ADMX));
    expect(broken?.children.get('definitionValues')).toBeUndefined();
    expect(kept?.children.get('definitionValues')).toEqual([gone]);
  });

  it('asks for what is told one at a time, and takes null for an answer', async () => {
    const branding = typed('intuneBrandingProfile');
    const told =
      (logo: object): Answer =>
      ({ query }) => {
        const name = query?.['$select'] ?? '';
        return { ok: true, body: name === 'themeColorLogo' ? { ...logo } : { [name]: null } };
      };
    const objects = listed(1, branding).map((one) => ({ ...one, object: { ...one.object, assignments: [] } }));
    const graph = new BatchedGraph(told({ themeColorLogo: { value: 'AAAA' } }));
    const [reading] = await read(graph, objects);
    expect(graph.batches).toEqual([
      Array.from({ length: 3 }, () => '/beta/deviceManagement/intuneBrandingProfiles/p0'),
    ]);
    expect(reading?.object).toMatchObject({ themeColorLogo: { value: 'AAAA' }, lightBackgroundLogo: null });
    const [untold] = await read(new BatchedGraph(told({})), objects);
    expect(untold?.object).toBeUndefined();
  });
});
