import type { GraphCollection } from '#libs/graph-client/src/catalogue/policy-type.js';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { saysNoLicence } from '#libs/graph-client/src/licence-refusal.js';
import { outcomeOf, type TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import type { RunItem } from '#libs/run-kit/src/run-processor.js';

export const COVERAGE_STATES = ['read', 'partial', 'forbidden', 'throttled', 'failed', 'unsupported_licence'] as const;

/**
 * How much of a type one sync run read. `read`: everything, so that what is missing is gone. `partial`: the list, but
 * not every policy of it whole. The others: nothing that may be relied on; `unsupported_licence` is no fault of anybody.
 */
export type CoverageState = (typeof COVERAGE_STATES)[number];

export interface TypeCoverage {
  type: string;
  state: CoverageState;
  /** Policies that the list named. */
  policies: number;
  /** A code of the failure catalogue; null when the type was read. */
  reasonCode: string | null;
}

export type SyncOutcome = Exclude<TerminalOutcome, 'cancelled'>;

/** The run's item for a type; only what was read to the end is a success, and what the tenant cannot have is skipped. */
export function itemOf(coverage: TypeCoverage): RunItem {
  const item = { itemId: coverage.type, kind: 'policy_type', name: policyType(coverage.type)?.label ?? coverage.type };
  if (coverage.state === 'read') return { ...item, result: 'success' };
  const result = coverage.state === 'unsupported_licence' ? 'skipped' : 'failed';
  return { ...item, result, reasonCode: coverage.reasonCode ?? 'internal.error' };
}

/** The sync run's outcome, by the same rule as the operation run's. */
export function syncOutcome(coverage: readonly TypeCoverage[]): SyncOutcome {
  const count = (state: CoverageState): number => coverage.filter((one) => one.state === state).length;
  const [success, skipped, total] = [count('read'), count('unsupported_licence'), coverage.length];
  const counts = { total, processed: total, success, failed: total - success - skipped, skipped };
  const outcome = outcomeOf(counts, 'finished');
  return outcome === 'cancelled' ? 'failed' : outcome;
}

/**
 * What a collection that could not be listed means for its types. A 403 is a missing permission unless it names a licence:
 * what nobody has to mend must not hide what somebody has to.
 */
export function stateOf(
  { licence }: GraphCollection,
  failure: GraphFailure,
): Pick<TypeCoverage, 'state' | 'reasonCode'> {
  const { code } = failure;
  const isRefused = code === 'graph.forbidden' || code === 'graph.bad_request';
  const absent = code === 'graph.not_found' || (isRefused && saysNoLicence(failure));
  if (licence !== undefined && absent) {
    return { state: 'unsupported_licence', reasonCode: 'inventory.unsupported_licence' };
  }
  switch (code) {
    case 'graph.forbidden':
      return { state: 'forbidden', reasonCode: code };
    case 'graph.throttled':
      return { state: 'throttled', reasonCode: code };
    case 'graph.unauthorized':
    case 'graph.not_found':
    case 'graph.bad_request':
    case 'graph.unavailable':
    case 'graph.protocol':
      return { state: 'failed', reasonCode: code };
  }
}
