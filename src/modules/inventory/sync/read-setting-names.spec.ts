import { describe, expect, it } from '@jest/globals';
import { BatchedGraph, listed, read } from '../../../../test/support/batched-graph.js';
import type { SettingDefinition } from '../policy/setting-definitions.js';
import type { ListedObject } from './object-reading.js';
import type { SettingNames } from './setting-names.js';

/** Knows some names, and has stored the objects `p0` to `p<stored - 1>`. */
class KeptNames implements SettingNames {
  readonly learned: string[] = [];

  constructor(
    private readonly known: readonly string[],
    private readonly stored = Infinity,
  ) {}

  firstSeen(listed: readonly ListedObject[]): Promise<ReadonlySet<string>> {
    const ids = listed.map(({ externalId }) => externalId);
    return Promise.resolve(new Set(ids.filter((id) => Number(id.slice(1)) >= this.stored)));
  }

  knows(id: string): boolean {
    return this.known.includes(id) || this.learned.some((line) => line.startsWith(`${id}: `));
  }

  learn(definitions: readonly SettingDefinition[]): Promise<void> {
    this.learned.push(...definitions.map(({ id, name, options }) => `${id}: ${name} ${JSON.stringify(options)}`));
    return Promise.resolve();
  }
}

describe('names of settings', () => {
  const settingOf = (id: string, expanded: boolean): object => ({
    settingInstance: { settingDefinitionId: id, choiceSettingValue: { value: `${id}_1`, children: [] } },
    ...(expanded
      ? {
          settingDefinitions: [
            {
              id,
              displayName: `The ${id}`,
              options: [{ itemId: `${id}_1`, displayName: 'On', description: 'long' }],
            },
            { id: `${id}_child`, displayName: 'A child' },
          ],
        }
      : {}),
  });
  /** Each policy has one setting, `common` or its own. */
  const graphOf = (definition: (policy: string) => string): BatchedGraph =>
    new BatchedGraph(({ path, query }) => {
      const [, policy] = /\/(p\d+)\/settings$/.exec(path) ?? [];
      if (policy === undefined) return { ok: true, body: { value: [] } };
      return {
        ok: true,
        body: { value: [settingOf(definition(policy), query?.['$expand'] === 'settingDefinitions')] },
      };
    });

  it('come with the settings of what is read for the first time, and stay out of what is kept', async () => {
    const graph = graphOf(() => 'common');
    const names = new KeptNames([], 1);
    const readings = await read(graph, listed(2), names);
    expect(graph.batches).toHaveLength(1);
    expect(names.learned).toEqual(['common: The common {"common_1":"On"}', 'common_child: A child {}']);
    for (const { children } of readings) expect(children.get('settings')).toEqual([settingOf('common', false)]);
  });

  it('are asked for once more where a stored object has a setting without one, and once for all such', async () => {
    const graph = graphOf((policy) => (policy === 'p2' ? 'other' : policy === 'p3' ? 'known' : 'common'));
    const names = new KeptNames(['known']);
    await read(graph, listed(4), names);
    expect(graph.batches.slice(1)).toEqual([
      [expect.stringContaining('/p0/settings'), expect.stringContaining('/p2/settings')],
    ]);
    expect(names.learned.map((line) => line.split(':')[0])).toEqual(['common', 'common_child', 'other', 'other_child']);
  });

  it('cost nothing once they are known', async () => {
    const graph = graphOf(() => 'known');
    await read(graph, listed(20), new KeptNames(['known']));
    expect(graph.batches).toHaveLength(1);
  });
});
