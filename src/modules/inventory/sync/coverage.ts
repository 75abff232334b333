import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import { outcomeOf, type TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import type { RunItem } from '#libs/run-kit/src/run-processor.js';

export const COVERAGE_STATES = ['read', 'partial', 'forbidden', 'throttled', 'failed', 'unsupported_licence'] as const;

/**
 * How much of a type one sync run read. `read`: everything, so that what is missing is gone. `partial`: the list, but
 * not every policy of it whole. The others: nothing that may be relied on.
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

/** The run's item for a type; only what was read to the end is a success. */
export function itemOf(coverage: TypeCoverage): RunItem {
  const item = { itemId: coverage.type, kind: 'policy_type', name: policyType(coverage.type)?.label ?? coverage.type };
  if (coverage.state === 'read') return { ...item, result: 'success' };
  return { ...item, result: 'failed', reasonCode: coverage.reasonCode ?? 'internal.error' };
}

/** The sync run's outcome, by the same rule as the operation run's. */
export function syncOutcome(coverage: readonly TypeCoverage[]): SyncOutcome {
  const success = coverage.filter(({ state }) => state === 'read').length;
  const total = coverage.length;
  const outcome = outcomeOf({ total, processed: total, success, failed: total - success, skipped: 0 }, 'finished');
  return outcome === 'cancelled' ? 'failed' : outcome;
}
