import type { RunView } from '../../modules/operations/operation-run.service.js';
import { shortened } from '../text/clean-text.js';
import { duration } from '../text/words.js';
import { countsOf } from './run-words.js';
import type { ProgressRate } from './progress-rate.js';

const BAR = { widest: 32, narrowest: 8 };

/** `Running  42 %  420 of 1,000, 3 failed  12.3/s  48 s left`. */
export function progressWords(run: RunView, rate: ProgressRate): string {
  const { total, processed } = run.summaryCounts;
  const active = run.completedAt === null;
  const perSecond = active ? rate.perSecond : undefined;
  const left = active ? rate.left(total) : undefined;
  return [
    active && run.cancelRequestedAt !== null ? `${run.bucket}, asked to stop` : run.bucket,
    ...(total > 0 ? [`${Math.floor(shareOf(run) * 100)} %`] : []),
    ...(total > 0 || processed > 0 ? [countsOf(run.summaryCounts)] : []),
    ...(perSecond === undefined ? [] : [`${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`]),
    ...(left === undefined ? [] : [`${duration(left)} left`]),
  ].join('  ');
}

/** The words behind a bar, in at most `columns` columns. A run that has not said how much there is has an empty one. */
export function progressBar(run: RunView, rate: ProgressRate, columns: number): string {
  const words = progressWords(run, rate);
  const width = Math.min(BAR.widest, columns - words.length - 3);
  if (width < BAR.narrowest) return shortened(words, columns - 1);
  const full = Math.floor(shareOf(run) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}  ${words}`;
}

function shareOf({ summaryCounts: { total, processed } }: RunView): number {
  return total === 0 ? 0 : Math.min(1, processed / total);
}
