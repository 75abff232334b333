import { describe, expect, it } from '@jest/globals';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { BatchReply, GraphClient, GraphObject, GraphPage } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { collectionsOf } from './collection-plan.js';
import type { JudgedObject } from './object-reading.js';
import { readCollection, type TypeEnding } from './read-collection.js';

const CATALOG = '/beta/deviceManagement/configurationPolicies';
const setting = (settingDefinitionId: string): object => ({
  settingInstance: { settingDefinitionId, choiceSettingValue: { value: `${settingDefinitionId}_1` } },
});

/** A Graph made of fixed answers: lists by path, batch members by path. */
class FixedGraph implements GraphClient {
  constructor(
    private readonly lists: Record<string, GraphObject[] | GraphFailure>,
    private readonly members: Record<string, GraphObject | GraphFailure> = {},
  ) {}

  get(): Promise<GraphObject> {
    return Promise.reject(new Error('Nothing gets single objects.'));
  }

  async list(path: string): Promise<GraphObject[]> {
    const answer = this.lists[path];
    if (answer === undefined || answer instanceof GraphFailure) throw answer ?? new Error(`Unexpected ${path}.`);
    return answer;
  }

  async *pages(path: string): AsyncGenerator<GraphPage> {
    yield { items: await this.list(path), nextLink: undefined };
  }

  async batch(requests: readonly { id: string; path: string }[]): Promise<Map<string, BatchReply>> {
    return new Map(
      requests.map(({ id, path }): [string, BatchReply] => {
        const answer = this.members[path] ?? { value: [] };
        return [id, answer instanceof GraphFailure ? { ok: false, failure: answer } : { ok: true, body: answer }];
      }),
    );
  }
}

interface Read extends TypeEnding {
  objects: JudgedObject[];
}

async function read(graph: GraphClient, key = 'settingsCatalog'): Promise<Read> {
  const type = policyType(key);
  const [plan] = type ? collectionsOf([type]) : [];
  if (!plan) throw new Error(`No type ${key}.`);
  const objects: JudgedObject[] = [];
  const [ending] = await readCollection(graph, plan, new AbortController().signal, (chunk) => {
    objects.push(...chunk);
    return Promise.resolve();
  });
  if (!ending) throw new Error('The type has no ending.');
  return { ...ending, objects };
}

const refused = new GraphFailure('graph.forbidden', { detail: 'no' });

describe('readCollection', () => {
  it('follows the further pages of a collection inside a batch', async () => {
    const next = 'https://graph.example/beta/next';
    const graph = new FixedGraph(
      { [CATALOG]: [{ id: '1', name: 'A', settingCount: 2 }], [next]: [setting('b') as GraphObject] },
      { [`${CATALOG}/1/settings`]: { value: [setting('a')], '@odata.nextLink': next } },
    );
    const { coverage, objects } = await read(graph);
    expect(coverage).toEqual({ type: 'settingsCatalog', state: 'read', policies: 1, reasonCode: null });
    expect(Object.keys(objects[0]?.policy?.content.settings ?? {})).toEqual(['a', 'b']);
    expect(objects[0]?.completeness).toEqual({
      settingsExpected: 2,
      settingsStored: 2,
      assignmentsRead: true,
      secretsMasked: 0,
      complete: true,
    });
  });

  it.each([
    ['fewer settings than Graph counts', { value: [setting('a')] }],
    ['a setting without a definition', { value: [setting('a'), { id: '1' }] }],
    ['a reply that is no collection', { settings: [] }],
    ['a further page that fails', { value: [setting('a')], '@odata.nextLink': 'https://graph.example/broken' }],
    ['a refusal', refused],
  ])('takes a policy with %s as incomplete, and the type as read in part', async (_, answer) => {
    const graph = new FixedGraph(
      {
        [CATALOG]: [
          { id: '1', name: 'A', settingCount: 2 },
          { id: '2', name: 'B', settingCount: 0 },
        ],
        'https://graph.example/broken': new GraphFailure('graph.protocol', { detail: 'loop' }),
      },
      { [`${CATALOG}/1/settings`]: answer },
    );
    const reading = await read(graph);
    expect(reading.coverage).toMatchObject({ state: 'partial', policies: 2, reasonCode: 'inventory.type_partial' });
    expect(reading.objects).toMatchObject([
      { externalId: '1', completeness: { complete: false } },
      { externalId: '2', policy: {}, completeness: { complete: true } },
    ]);
    expect(reading).toMatchObject({ incomplete: 1, listed: ['1', '2'] });
  });

  it.each([
    ['an object without id', [{ name: 'A' }, { id: '2', name: 'B' }]],
    [
      'one id under two names',
      [
        { id: '2', name: 'A' },
        { id: '2', name: 'B' },
      ],
    ],
    ['an object without a name', [{ id: '1' }, { id: '2', name: 'B' }]],
  ])('reads a list with %s in part', async (_, named: GraphObject[]) => {
    const { coverage, listed } = await read(new FixedGraph({ [CATALOG]: named }));
    expect(coverage.state).toBe('partial');
    expect(listed).toContain('2');
  });

  it('takes an object that a moving list repeats once', async () => {
    const { coverage, objects } = await read(
      new FixedGraph({
        [CATALOG]: [
          { id: '1', name: 'A' },
          { id: '1', name: 'A' },
        ],
      }),
    );
    expect(coverage).toMatchObject({ state: 'read', policies: 1 });
    expect(objects).toHaveLength(1);
  });

  it('does not take a missing expansion for an empty one', async () => {
    const path = '/beta/deviceManagement/deviceCompliancePolicies';
    const whole = { id: '1', displayName: 'A', scheduledActionsForRule: [], assignments: [] };
    expect((await read(new FixedGraph({ [path]: [whole] }), 'deviceCompliancePolicy')).coverage.state).toBe('read');
    for (const lost of ['scheduledActionsForRule', 'assignments']) {
      const graph = new FixedGraph({ [path]: [{ ...whole, [lost]: undefined }] });
      expect((await read(graph, 'deviceCompliancePolicy')).coverage.state).toBe('partial');
    }
  });

  it.each([
    ['graph.forbidden', 'forbidden'],
    ['graph.throttled', 'throttled'],
    ['graph.unauthorized', 'failed'],
    ['graph.not_found', 'failed'],
    ['graph.bad_request', 'failed'],
    ['graph.unavailable', 'failed'],
    ['graph.protocol', 'failed'],
  ] as const)('says %s as %s', async (code, state) => {
    const reading = await read(new FixedGraph({ [CATALOG]: new GraphFailure(code, { detail: '' }) }));
    expect(reading.coverage).toEqual({ type: 'settingsCatalog', state, policies: 0, reasonCode: code });
    expect(reading.listed).toEqual([]);
  });

  it.each([
    ['graph.forbidden', 'forbidden'],
    ['graph.unauthorized', 'failed'],
  ] as const)('takes %s of a whole batch for the whole collection, and names nothing', async (code, state) => {
    const graph = new FixedGraph({ [CATALOG]: [{ id: '1', name: 'A', settingCount: 1 }] });
    const refusing = Object.assign(graph, { batch: () => Promise.reject(new GraphFailure(code, { detail: '' })) });
    const reading = await read(refusing);
    expect(reading.coverage).toEqual({ type: 'settingsCatalog', state, policies: 0, reasonCode: code });
    expect(reading).toMatchObject({ listed: [], objects: [] });
  });

  it('reads a collection once for all its selected types, and hands on none of the others', async () => {
    const rest = policyType('deviceConfiguration');
    if (!rest) throw new Error('There is no device configuration.');
    const as = (key: string) => ({ ...rest, key, is: { odataTypes: [`#${key}`] } });
    const [ring, custom] = [as('ring'), as('custom')];
    const object = (id: string, type: string): GraphObject => ({
      id,
      displayName: id,
      assignments: [],
      '@odata.type': `#${type}`,
    });
    const listed = [
      object('1', 'ring'),
      object('2', 'other'),
      object('3', 'custom'),
      { ...object('4', 'ring'), displayName: 4 },
    ];
    const graph = new FixedGraph({ [rest.collection.path]: listed });
    const plan = {
      collection: rest.collection,
      sharing: [ring, custom, { ...rest, is: undefined }],
      selected: [ring, custom],
    };
    const taken: string[] = [];
    const endings = await readCollection(graph, plan, new AbortController().signal, (chunk) => {
      taken.push(...chunk.map(({ externalId, type }) => `${type.key} ${externalId}`));
      return Promise.resolve();
    });
    expect(taken).toEqual(['ring 1', 'custom 3', 'ring 4']);
    expect(endings.map(({ coverage }) => coverage)).toEqual([
      { type: 'ring', state: 'partial', policies: 2, reasonCode: 'inventory.type_partial' },
      { type: 'custom', state: 'read', policies: 1, reasonCode: null },
    ]);
    expect(endings.map((ending) => ending.listed)).toEqual([
      ['1', '2', '3', '4'],
      ['1', '2', '3', '4'],
    ]);
  });

  it('reads a singleton by its label', async () => {
    const rest = policyType('deviceConfiguration');
    if (!rest) throw new Error('There is no device configuration.');
    const collection = {
      ...rest.collection,
      key: 'settings',
      shape: 'singleton',
      assignments: 'none',
      listQuery: {},
      lacks: [],
    } as const;
    const type = { ...rest, label: 'Tenant settings', nameField: null, collection };
    const graph = Object.assign(new FixedGraph({}), { get: () => Promise.resolve({ secureByDefault: true }) });
    const objects: JudgedObject[] = [];
    const plan = { collection, sharing: [type], selected: [type] };
    await readCollection(graph, plan, new AbortController().signal, (chunk) => {
      objects.push(...chunk);
      return Promise.resolve();
    });
    expect(objects).toMatchObject([{ externalId: 'settings', policy: { content: { name: 'Tenant settings' } } }]);
  });

  it('holds a few chunks at a time, however many policies there are', async () => {
    const type = policyType('settingsCatalog');
    if (!type) throw new Error('There is no settings catalog.');
    let listed = 0;
    let taken = 0;
    let most = 0;
    const graph = Object.assign(new FixedGraph({}), {
      async *pages(): AsyncGenerator<GraphPage> {
        for (let page = 0; page < 200; page += 1) {
          listed += 25;
          most = Math.max(most, listed - taken);
          const items = Array.from({ length: 25 }, (_, at) => ({ id: `${page}-${at}`, name: 'A', settingCount: 0 }));
          yield { items, nextLink: `https://graph.example/${page}` };
        }
      },
    });
    const [plan] = collectionsOf([type]);
    if (!plan) throw new Error('The type has no collection.');
    const [ending] = await readCollection(graph, plan, new AbortController().signal, async (chunk) => {
      await new Promise((resolve) => setImmediate(resolve));
      taken += chunk.length;
    });
    expect(ending?.coverage).toMatchObject({ state: 'read', policies: 5_000 });
    expect(most).toBeLessThanOrEqual(6 * 20 + 25);
  });

  it('lets a fault that is not of Graph pass', async () => {
    await expect(read(new FixedGraph({}))).rejects.toThrow('Unexpected');
  });
});
