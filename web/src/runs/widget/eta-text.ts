import type { Run } from '../../api/operations';
import { durationText } from '../../ui/format';
import { percentOf, workedFor } from '../run-numbers';

/** From this much on, the speed so far says how long the rest takes. */
const TELLING_PERCENT = 10;
const JUST_STARTED_MS = 3_000;
const SECOND = 1_000;

/**
 * How long a run will still take, in words: from what is usual for its type here, else from its speed so far.
 * @param usualMs half of the type's newest runs took at most this; null without a history
 * @param now milliseconds on the server's clock
 */
export function etaText(
  run: Pick<Run, 'status' | 'startedAt' | 'completedAt' | 'summaryCounts'>,
  usualMs: number | null,
  now: number,
): string {
  if (run.status === 'queued') return 'Waiting to start';
  const worked = workedFor(run, now);
  if (worked === null) return '';
  if (usualMs !== null) {
    return worked < usualMs
      ? `About ${roughly(usualMs - worked)} left`
      : `Longer than usual (${roughly(usualMs)}), ${durationText(worked)} so far`;
  }
  const percent = percentOf(run.summaryCounts);
  if (percent !== null && percent >= TELLING_PERCENT && percent < 100) {
    return `About ${roughly((worked * (100 - percent)) / percent)} left`;
  }
  return worked < JUST_STARTED_MS ? 'Just started' : `${durationText(worked)} so far`;
}

/** An estimate, not to the second: "5 s", "20 s", "3 min". */
function roughly(ms: number): string {
  const seconds = ms / SECOND;
  if (seconds < 10) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 55) return `${Math.round(seconds / 5) * 5} s`;
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`;
  return `${Math.floor(seconds / 3_600)} h ${Math.round((seconds % 3_600) / 600) * 10} min`;
}
