import type { SummaryCounts } from '#libs/run-kit/src/run-outcome.js';
import { duration, number } from '../text/words.js';

/** `420 of 1,000, 3 failed, 2 skipped`; `-` where nothing is counted. */
export function countsOf({ total, processed, failed, skipped }: SummaryCounts): string {
  if (total === 0 && processed === 0) return '-';
  return [
    total === 0 ? number(processed) : `${number(processed)} of ${number(total)}`,
    ...(failed > 0 ? [`${number(failed)} failed`] : []),
    ...(skipped > 0 ? [`${number(skipped)} skipped`] : []),
  ].join(', ');
}

/** How long the work took, or has taken; `-` before it began. */
export function workedFor(
  { startedAt, completedAt }: { startedAt: string | null; completedAt: string | null },
  now: Date,
): string {
  if (startedAt === null) return '-';
  return duration((completedAt === null ? now.getTime() : Date.parse(completedAt)) - Date.parse(startedAt));
}
