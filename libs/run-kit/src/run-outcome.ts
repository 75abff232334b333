/** The five numbers of a run; for an itemized run they are the sums of its item rows. */
export interface SummaryCounts {
  total: number;
  processed: number;
  success: number;
  failed: number;
  skipped: number;
}

export const ITEM_RESULTS = ['success', 'failed', 'skipped'] as const;
export type ItemResult = (typeof ITEM_RESULTS)[number];

export const RUN_OUTCOMES = ['pending', 'succeeded', 'partially_succeeded', 'failed', 'cancelled'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];
export type TerminalOutcome = Exclude<RunOutcome, 'pending'>;

/** Why the work ended: it came to its end, it could not proceed, or a person cancelled it. */
export type StopReason = 'finished' | 'aborted' | 'cancelled';

/**
 * The outcome of a run, from its counts and the reason it stopped, and from nothing else.
 * A skip is neither success nor failure; nothing to do is a success.
 */
export function outcomeOf(counts: SummaryCounts, stop: StopReason): TerminalOutcome {
  if (stop === 'cancelled') return 'cancelled';
  if (stop === 'aborted') return 'failed';
  if (counts.failed === 0) return 'succeeded';
  return counts.success > 0 ? 'partially_succeeded' : 'failed';
}

export const NO_COUNTS: SummaryCounts = Object.freeze({ total: 0, processed: 0, success: 0, failed: 0, skipped: 0 });
