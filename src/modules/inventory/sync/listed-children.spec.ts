import { describe, expect, it } from '@jest/globals';
import type { BatchReply, GraphClient, GraphObject } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { BatchedGraph, failing, typed } from '../../../../test/support/batched-graph.js';
import { ElementLists } from './element-lists.js';
import type { ListedObject, ObjectReading } from './object-reading.js';
import { readObjects } from './read-objects.js';
import { NAMELESS } from './setting-names.js';

const ASSIGNMENTS = '/beta/deviceManagement/roleAssignments';
const ROLES = '/beta/deviceManagement/roleDefinitions';
const NEXT = 'https://graph.example/beta/next';

/** Answers lists by their path, batches by their members' paths, and remembers what lists were asked. */
class ListedGraph extends BatchedGraph {
  readonly asked: string[] = [];

  constructor(
    private readonly lists: Record<string, GraphObject[] | GraphFailure>,
    members: Record<string, BatchReply> = {},
  ) {
    super(({ path }) => members[path] ?? { ok: true, body: { value: [] } });
  }

  list(path: string): Promise<GraphObject[]> {
    this.asked.push(path);
    const answer = this.lists[path] ?? [];
    return answer instanceof GraphFailure ? Promise.reject(answer) : Promise.resolve(answer);
  }

  readAll(objects: readonly ListedObject[], lists?: ElementLists): Promise<ObjectReading[]> {
    const client = this as unknown as GraphClient;
    return readObjects(client, objects, NAMELESS, new AbortController().signal, lists ?? new ElementLists(client));
  }
}

const object = (key: string, id: string, told: object): ListedObject => ({
  externalId: id,
  type: typed(key),
  object: { id, name: id, displayName: id, ...told },
});
const setting = (id: string): object => ({ settingInstance: { settingDefinitionId: id } });
const childOf = (reading: ObjectReading | undefined, name: string): unknown => reading?.children.get(name);

describe('children that come with the list', () => {
  const compliance = (told: object): ListedObject => object('compliancePolicyV2', 'c', told);
  const settingsPath = '/beta/deviceManagement/compliancePolicies/c/settings';

  it('are not asked for', async () => {
    const graph = new ListedGraph({});
    const [reading] = await graph.readAll([compliance({ settingCount: 1, settings: [setting('a')] })]);
    expect(childOf(reading, 'settings')).toEqual([setting('a')]);
    expect(graph.batches.flat()).not.toContain(settingsPath);
  });

  it('are read on where the list gives a link', async () => {
    const graph = new ListedGraph({ [NEXT]: [setting('b') as GraphObject] });
    const told = { settingCount: 2, settings: [setting('a')], 'settings@odata.nextLink': NEXT };
    const [reading] = await graph.readAll([compliance(told)]);
    expect(childOf(reading, 'settings')).toEqual([setting('a'), setting('b')]);
    expect(graph.batches.flat()).not.toContain(settingsPath);
  });

  it.each([
    ['nothing', { settingCount: 2 }],
    ['null', { settingCount: 2, settings: null }],
    ['fewer than Graph counts', { settingCount: 2, settings: [setting('a')] }],
  ])('are asked for where the list tells %s of them', async (_, told) => {
    const whole: BatchReply = { ok: true, body: { value: [setting('a'), setting('b')] } };
    const graph = new ListedGraph({}, { [settingsPath]: whole });
    const [reading] = await graph.readAll([compliance(told)]);
    expect(childOf(reading, 'settings')).toEqual([setting('a'), setting('b')]);
  });
});

describe('elements that one list holds for all objects', () => {
  const role = (id: string, ...assignments: string[]): ListedObject =>
    object('roleDefinition', id, { roleAssignments: assignments.map((one) => ({ id: one, displayName: one })) });
  const assignment = (id: string, told: object = {}): GraphObject => ({
    id,
    members: [`${id}-members`],
    resourceScopes: [],
    ...told,
  });
  const whole = (id: string): object => ({ id, displayName: id, members: [`${id}-members`], resourceScopes: [] });

  it('come from it, and it is read once for all chunks', async () => {
    const graph = new ListedGraph({ [ASSIGNMENTS]: [assignment('a'), assignment('b'), assignment('c')] });
    const lists = new ElementLists(graph as unknown as GraphClient);
    const [first, second] = await graph.readAll([role('1', 'a', 'b'), role('2')], lists);
    const [third] = await graph.readAll([role('3', 'c')], lists);
    expect(childOf(first, 'roleAssignments')).toEqual([whole('a'), whole('b')]);
    expect(childOf(second, 'roleAssignments')).toEqual([]);
    expect(childOf(third, 'roleAssignments')).toEqual([whole('c')]);
    expect(graph.asked).toEqual([ASSIGNMENTS]);
    expect(graph.batches.flat()).toEqual([]);
  });

  it('are not looked for where there are none', async () => {
    const graph = new ListedGraph({});
    await graph.readAll([role('1')]);
    expect(graph.asked).toEqual([]);
  });

  it.each([
    ['does not name it', []],
    ['leaves out whom it is for', [{ ...assignment('a'), members: undefined }]],
    ['is refused', new GraphFailure('graph.forbidden', { detail: '' })],
  ])('are read one by one where the list %s', async (_, list) => {
    const path = `${ASSIGNMENTS}/a`;
    const graph = new ListedGraph({ [ASSIGNMENTS]: list }, { [path]: { ok: true, body: assignment('a') } });
    const [reading] = await graph.readAll([role('1', 'a')]);
    expect(childOf(reading, 'roleAssignments')).toEqual([whole('a')]);
    expect(graph.batches).toEqual([[path]]);
  });

  it('are missing from their object when neither tells them', async () => {
    const graph = new ListedGraph({ [ASSIGNMENTS]: [] }, { [`${ASSIGNMENTS}/a`]: failing('graph.not_found') });
    const [lacking, other] = await graph.readAll([role('1', 'a'), role('2')]);
    expect(childOf(lacking, 'roleAssignments')).toBeUndefined();
    expect(childOf(other, 'roleAssignments')).toEqual([]);
    expect(graph.batches.flat()).not.toContain(`${ROLES}/1/roleAssignments`);
  });
});
