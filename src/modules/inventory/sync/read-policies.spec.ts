import { describe, expect, it } from '@jest/globals';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { BatchReply, BatchRequest, GraphClient } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { readPolicies, type ListedObject, type PolicyReading } from './read-policies.js';

type Answer = (request: BatchRequest, timesAsked: number) => BatchReply;

const empty: Answer = () => ({ ok: true, body: { value: [] } });
const failing = (code: GraphFailure['code']): BatchReply => ({
  ok: false,
  failure: new GraphFailure(code, { detail: '' }),
});
const listed = (count: number): ListedObject[] =>
  Array.from({ length: count }, (_, at) => ({ externalId: `p${at}`, object: { id: `p${at}`, name: `P ${at}` } }));

/** A Graph that answers batches alone, member by member, and remembers what it was asked. */
class BatchedGraph {
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

function read(graph: BatchedGraph, count: number): Promise<PolicyReading[]> {
  const type = policyType('settingsCatalog');
  if (!type) throw new Error('There is no settings catalog.');
  const client = graph as unknown as GraphClient;
  return readPolicies(client, type, listed(count), new AbortController().signal, (reading) => reading);
}

describe('readPolicies', () => {
  it('asks for each part of each policy once, some policies at a time, and answers in the order of the list', async () => {
    const graph = new BatchedGraph();
    const readings = await read(graph, 250);
    expect(readings.map(({ externalId }) => externalId)).toEqual(listed(250).map(({ externalId }) => externalId));
    const asked = graph.batches.flat();
    expect(new Set(asked).size).toBe(500);
    expect(asked).toHaveLength(500);
    expect(Math.max(...graph.batches.map((batch) => batch.length))).toBe(40);
    expect(graph.most).toBeGreaterThan(1);
    expect(graph.most).toBeLessThanOrEqual(6);
  });

  it('asks again, once, for what failed for a passing reason, and for nothing else', async () => {
    const graph = new BatchedGraph(({ path }, times) => {
      if (path.includes('/p1/settings')) return times === 1 ? failing('graph.throttled') : empty({ id: '', path }, 1);
      if (path.includes('/p2/settings')) return failing('graph.unavailable');
      if (path.includes('/p3/settings')) return failing('graph.forbidden');
      return empty({ id: '', path }, 1);
    });
    const readings = await read(graph, 5);
    expect(readings.map(({ settings }) => settings !== undefined)).toEqual([true, true, false, false, true]);
    expect(readings.every(({ assignments }) => assignments !== undefined)).toBe(true);
    expect(graph.batches.slice(1)).toEqual([
      [expect.stringContaining('/p1/settings'), expect.stringContaining('/p2/settings')],
    ]);
  });

  it('stops when Graph refuses a batch as a whole', async () => {
    const refusal = new GraphFailure('graph.forbidden', { detail: '' });
    const graph = new BatchedGraph(() => {
      throw refusal;
    });
    await expect(read(graph, 1_000)).rejects.toBe(refusal);
    expect(graph.batches.length).toBeLessThanOrEqual(6);
  });

  it('asks nothing for an empty list', async () => {
    const graph = new BatchedGraph();
    await expect(read(graph, 0)).resolves.toEqual([]);
    expect(graph.batches).toEqual([]);
  });
});
