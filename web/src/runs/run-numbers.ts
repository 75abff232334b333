import type { Run, SummaryCounts } from '../api/operations';
import { numberText } from '../ui/format';

/** "118/120 · 2 failed"; empty while the size of the work is not known. */
export function countsText({ total, processed, failed, skipped }: SummaryCounts): string {
  if (total === 0 && processed === 0) return '';
  const parts = [total === 0 ? numberText(processed) : `${numberText(processed)}/${numberText(total)}`];
  if (failed > 0) parts.push(`${numberText(failed)} failed`);
  if (skipped > 0) parts.push(`${numberText(skipped)} skipped`);
  return parts.join(' · ');
}

/** 0 to 100; null while the size of the work is not known. */
export function percentOf({ total, processed }: SummaryCounts): number | null {
  return total === 0 ? null : Math.min(100, Math.round((processed / total) * 100));
}

/** How long it has worked until `now`, in milliseconds; null while it waits. */
export function workedFor(run: Pick<Run, 'startedAt' | 'completedAt'>, now: number): number | null {
  if (run.startedAt === null) return null;
  const end = run.completedAt === null ? now : Date.parse(run.completedAt);
  return Math.max(0, end - Date.parse(run.startedAt));
}
