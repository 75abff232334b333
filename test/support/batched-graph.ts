import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { BatchReply, BatchRequest, GraphClient } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import type { ListedObject, ObjectReading } from '../../src/modules/inventory/sync/object-reading.js';
import { readObjects } from '../../src/modules/inventory/sync/read-objects.js';
import { NAMELESS, type SettingNames } from '../../src/modules/inventory/sync/setting-names.js';

/** What a member of a batch is answered. */
export type Answer = (request: BatchRequest, timesAsked: number) => BatchReply;

/** Every collection is empty. */
export const empty: Answer = () => ({ ok: true, body: { value: [] } });
export const failing = (code: GraphFailure['code']): BatchReply => ({
  ok: false,
  failure: new GraphFailure(code, { detail: '' }),
});
/** The type of that key. */
export const typed = (key: string): PolicyType => {
  const type = policyType(key);
  if (!type) throw new Error(`No type ${key}.`);
  return type;
};
/** Objects `p0`, `p1`, ... of one type, as a list names them. */
export const listed = (count: number, type = typed('settingsCatalog')): ListedObject[] =>
  Array.from({ length: count }, (_, at) => ({ externalId: `p${at}`, type, object: { id: `p${at}`, name: `P ${at}` } }));

/** A Graph that answers batches alone, member by member, and remembers what it was asked. */
export class BatchedGraph {
  readonly batches: string[][] = [];
  most = 0;
  private under = 0;

  constructor(private readonly answer: Answer = empty) {}

  async batch(requests: readonly BatchRequest[]): Promise<Map<string, BatchReply>> {
    this.batches.push(requests.map(({ path }) => path));
    this.under += 1;
    this.most = Math.max(this.most, this.under);
    await new Promise((resolve) => setImmediate(resolve));
    this.under -= 1;
    return new Map(requests.map((request) => [request.id, this.answer(request, this.timesAsked(request.path))]));
  }

  private timesAsked(path: string): number {
    return this.batches.flat().filter((asked) => asked === path).length;
  }
}

/** Reads these objects from such a Graph. */
export function read(
  graph: BatchedGraph,
  objects: readonly ListedObject[],
  names: SettingNames = NAMELESS,
): Promise<ObjectReading[]> {
  return readObjects(graph as unknown as GraphClient, objects, names, new AbortController().signal);
}
