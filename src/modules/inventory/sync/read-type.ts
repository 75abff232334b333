import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { GraphClient, GraphObject } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { normalisePolicy, type NormalisedPolicy } from '../policy/canonical-policy.js';
import type { Completeness } from './completeness.js';
import type { CoverageState, TypeCoverage } from './coverage.js';
import { readPolicies, settingsExpected, wholePolicy, type ListedObject, type PolicyReading } from './read-policies.js';

export interface CompletePolicy {
  policy: NormalisedPolicy;
  completeness: Completeness;
}

/** A policy that exists, but of which something could not be read. */
export interface IncompletePolicy {
  externalId: string;
  completeness: Completeness;
}

/** What one sync read of one type. */
export interface TypeReading {
  coverage: TypeCoverage;
  /** Every id that the list named; empty unless the coverage is `read` or `partial`. */
  listed: ReadonlySet<string>;
  complete: CompletePolicy[];
  incomplete: IncompletePolicy[];
}

/**
 * Reads every policy of a type. What Graph refuses or cannot answer becomes the coverage, never an exception.
 * @throws the signal's reason when the sync is to end
 */
export async function readType(client: GraphClient, type: PolicyType, signal: AbortSignal): Promise<TypeReading> {
  try {
    const query: Record<string, string> = type.expand === undefined ? {} : { $expand: type.expand };
    const { listed, unclear } = distinct(await client.list(type.path, { query, signal }));
    const judged = await readPolicies(client, type, listed, signal, (reading) => judge(type, reading));
    return readingOf(type, judged, unclear);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    signal.throwIfAborted();
    return {
      coverage: { type: type.key, state: stateOf(error), policies: 0, reasonCode: error.code },
      listed: new Set(),
      complete: [],
      incomplete: [],
    };
  }
}

/**
 * The listed objects, each id once: a list that moves while it is paged repeats objects. `unclear` when something in it
 * cannot be told apart: no id, or one id under two names.
 */
function distinct(objects: readonly GraphObject[]): { listed: ListedObject[]; unclear: boolean } {
  const byId = new Map<string, GraphObject>();
  let unclear = false;
  for (const object of objects) {
    const { id } = object;
    if (typeof id !== 'string' || id === '') {
      unclear = true;
      continue;
    }
    const earlier = byId.get(id);
    if (earlier && (earlier['name'] !== object['name'] || earlier['displayName'] !== object['displayName'])) {
      unclear = true;
      continue;
    }
    byId.set(id, object);
  }
  return { listed: [...byId].map(([externalId, object]) => ({ externalId, object })), unclear };
}

function judge(type: PolicyType, reading: PolicyReading): CompletePolicy | IncompletePolicy {
  const whole = wholePolicy(type, reading);
  const policy = whole && normalisePolicy(type, whole);
  const completeness = completenessOf(type, reading, policy);
  return policy ? { policy, completeness } : { externalId: reading.externalId, completeness };
}

function readingOf(
  type: PolicyType,
  judged: readonly (CompletePolicy | IncompletePolicy)[],
  unclear: boolean,
): TypeReading {
  const complete = judged.filter((one) => 'policy' in one);
  const incomplete = judged.filter((one) => 'externalId' in one);
  const partial = unclear || incomplete.length > 0;
  return {
    coverage: {
      type: type.key,
      state: partial ? 'partial' : 'read',
      policies: judged.length,
      reasonCode: partial ? 'inventory.type_partial' : null,
    },
    listed: new Set(judged.map((one) => ('policy' in one ? one.policy.externalId : one.externalId))),
    complete,
    incomplete,
  };
}

function completenessOf(type: PolicyType, reading: PolicyReading, policy: NormalisedPolicy | undefined): Completeness {
  return {
    settingsExpected: settingsExpected(type, reading),
    settingsStored: reading.settings?.length ?? 0,
    assignmentsRead: reading.assignments !== undefined,
    secretsMasked: policy?.secretsMasked ?? 0,
    complete: policy !== undefined,
  };
}

function stateOf({ code }: GraphFailure): CoverageState {
  switch (code) {
    case 'graph.forbidden':
      return 'forbidden';
    case 'graph.throttled':
      return 'throttled';
    case 'graph.unauthorized':
    case 'graph.not_found':
    case 'graph.bad_request':
    case 'graph.unavailable':
    case 'graph.protocol':
      return 'failed';
  }
}
