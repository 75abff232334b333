import type { RequestCost } from '../budget/request-budget.js';
import { readCost } from '../budget/workload.js';
import { GraphFailure } from '../graph-failure.js';
import { PassingFault } from '../retry/retry-plan.js';
import { graphPath } from '../transport/graph-url.js';
import type { GraphBudget } from '../catalogue/policy-type.js';
import type { GraphTransport } from '../transport/graph-transport.js';
import { type BatchReply, answersOf, readMember } from './batch-member.js';

/** A GET inside a batch. `path` starts with the version; `query` values are encoded here. */
export interface BatchRequest {
  id: string;
  path: string;
  query?: Readonly<Record<string, string>>;
}

export interface BatchOptions {
  signal?: AbortSignal;
  /** Sent with every member. */
  headers?: Readonly<Record<string, string>>;
}

interface Member {
  id: string;
  version: string;
  url: string;
  cost: RequestCost;
}

/** Graph's own bound (`concepts/json-batching.md`). */
const LARGEST_BATCH = 20;

/**
 * Reads any number of paths in batches of 20 and gives a reply for each id. A member that was throttled, hit a passing
 * fault or got no answer is asked again on its own, after the largest Retry-After of its batch; the others stand.
 * @throws GraphFailure when a batch as a whole fails; RangeError for a doubled id.
 */
export async function readBatch(
  transport: GraphTransport,
  requests: readonly BatchRequest[],
  options: BatchOptions = {},
): Promise<Map<string, BatchReply>> {
  const replies = new Map<string, BatchReply>();
  if (new Set(requests.map(({ id }) => id)).size < requests.length)
    throw new RangeError('Two batch requests carry the same id.');
  for (const members of batchesOf(requests)) {
    for (const [id, reply] of await settle(transport, members, options)) replies.set(id, reply);
  }
  return replies;
}

async function settle(
  transport: GraphTransport,
  members: readonly Member[],
  options: BatchOptions,
): Promise<Map<string, BatchReply>> {
  const settled = new Map<string, BatchReply>();
  const plan = transport.newPlan();
  let open = members;
  for (;;) {
    const faults = new Map<Member, PassingFault>();
    const answers = answersOf(await post(transport, open, options));
    open.forEach((member, index) => {
      const read = readMember(member.url, answers.get(String(index)), transport.parts.clock.now());
      if (read instanceof PassingFault) faults.set(member, read);
      else settled.set(member.id, read);
    });
    if (faults.size === 0) return settled;
    try {
      await transport.pause(plan, worst([...faults.values()]), budgetOf(open), options.signal);
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      for (const [member, { failure }] of faults) settled.set(member.id, { ok: false, failure });
      return settled;
    }
    open = [...faults.keys()];
  }
}

/** Ids on the wire are positions: callers' ids may differ only in case, which Graph refuses. */
function post(
  transport: GraphTransport,
  members: readonly Member[],
  options: BatchOptions,
): Promise<Record<string, unknown>> {
  const { headers, signal } = options;
  return transport.send({
    method: 'POST',
    target: `/${members[0]?.version ?? ''}/$batch`,
    body: { requests: members.map(({ url }, index) => ({ id: String(index), method: 'GET', url, headers })) },
    cost: {
      budget: budgetOf(members),
      requests: members.length,
      writes: 0,
      units: members.reduce((sum, { cost }) => sum + cost.units, 0),
    },
    signal,
  });
}

/** Members of one batch are of one workload. */
function budgetOf([member]: readonly Member[]): GraphBudget {
  return member?.cost.budget ?? 'intune';
}

/** The fault that asks for the longest wait; any throttled one makes the whole tenant wait. */
function worst(faults: readonly PassingFault[]): PassingFault {
  const named = faults.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  const shown = faults.find(({ failure }) => failure.code === 'graph.throttled') ?? faults[0];
  if (!shown) throw new RangeError('A batch without faults has no worst one.');
  return new PassingFault(shown.failure, named.length > 0 ? Math.max(...named) : undefined);
}

function batchesOf(requests: readonly BatchRequest[]): Member[][] {
  const workloads = new Map<string, Member[]>();
  for (const { id, path, query } of requests) {
    const [, version, rest] = /^\/([^/?#]+)(\/[^#\\]*)$/.exec(path) ?? [];
    if (version === undefined || rest === undefined) throw new RangeError(`"${path}" does not start with a version.`);
    const cost = readCost(graphPath(path, query));
    const workload = `${version} ${cost.budget}`;
    const members = workloads.get(workload) ?? [];
    members.push({ id, version, url: graphPath(rest, query), cost });
    workloads.set(workload, members);
  }
  const batches: Member[][] = [];
  for (const members of workloads.values()) {
    const size = budgetOf(members) === 'conditionalAccess' ? 1 : LARGEST_BATCH;
    for (let start = 0; start < members.length; start += size) batches.push(members.slice(start, start + size));
  }
  return batches;
}
