import type { SummaryCounts, TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import { factType } from '../../platform/facts/fact-bus.js';

export interface RunFact {
  runId: string;
  tenantId: string;
  /** Null for schedules and the system: nobody is told then. */
  userId: string | null;
  kind: string;
  label: { noun: string; doing: string; done: string; failed: string };
  subjectName: string | null;
}

export interface RunCompletedFact extends RunFact {
  outcome: TerminalOutcome;
  counts: SummaryCounts;
  /** The most frequent failure's sentence, from the catalogue. */
  failure: string | null;
}

/** Published in the transaction that inserts the runs; several that were started at once come together. */
export const RUN_QUEUED = factType<readonly RunFact[]>('operations.run-queued');

/** Published in the transaction that completes the runs; several that ended at once come together. */
export const RUN_COMPLETED = factType<readonly RunCompletedFact[]>('operations.run-completed');
