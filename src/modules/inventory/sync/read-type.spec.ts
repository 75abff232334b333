import { describe, expect, it } from '@jest/globals';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { BatchReply, GraphClient, GraphObject } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { readType } from './read-type.js';

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

  async *pages(path: string): AsyncGenerator<GraphObject[]> {
    yield await this.list(path);
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

function read(graph: GraphClient, key = 'settingsCatalog') {
  const type = policyType(key);
  if (!type) throw new Error(`No type ${key}.`);
  return readType(graph, type, new AbortController().signal);
}

const refused = new GraphFailure('graph.forbidden', { detail: 'no' });

describe('readType', () => {
  it('follows the further pages of a collection inside a batch', async () => {
    const next = 'https://graph.example/beta/next';
    const graph = new FixedGraph(
      { [CATALOG]: [{ id: '1', name: 'A', settingCount: 2 }], [next]: [setting('b') as GraphObject] },
      { [`${CATALOG}/1/settings`]: { value: [setting('a')], '@odata.nextLink': next } },
    );
    const { coverage, complete } = await read(graph);
    expect(coverage).toEqual({ type: 'settingsCatalog', state: 'read', policies: 1, reasonCode: null });
    expect(Object.keys(complete[0]?.policy.content.settings ?? {})).toEqual(['a', 'b']);
    expect(complete[0]?.completeness).toEqual({
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
    expect(reading.complete.map(({ policy }) => policy.externalId)).toEqual(['2']);
    expect(reading.incomplete).toMatchObject([{ externalId: '1', completeness: { complete: false } }]);
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
  ])('reads a list with %s in part', async (_, objects: GraphObject[]) => {
    const { coverage, listed } = await read(new FixedGraph({ [CATALOG]: objects }));
    expect(coverage.state).toBe('partial');
    expect(listed.has('2')).toBe(true);
  });

  it('takes an object that a moving list repeats once', async () => {
    const { coverage, complete } = await read(
      new FixedGraph({
        [CATALOG]: [
          { id: '1', name: 'A' },
          { id: '1', name: 'A' },
        ],
      }),
    );
    expect(coverage).toMatchObject({ state: 'read', policies: 1 });
    expect(complete).toHaveLength(1);
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
    expect(reading.listed.size).toBe(0);
  });

  it('lets a fault that is not of Graph pass', async () => {
    await expect(read(new FixedGraph({}))).rejects.toThrow('Unexpected');
  });
});
