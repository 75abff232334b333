import type { TrendDay } from '../../api/overview';
import { countOf, numberText } from '../../ui/format';

const SHORT = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** "3 Nov" of `2026-11-03`. */
export function shortDay(day: string): string {
  return SHORT.format(new Date(`${day}T00:00:00Z`));
}

export function runsOf({ runs }: TrendDay): number {
  return runs.succeeded + runs.partiallySucceeded + runs.failed + runs.cancelled;
}

/** Whether there is anything to draw. */
export function hasPast(trend: readonly TrendDay[]): boolean {
  return trend.some((day) => runsOf(day) > 0 || day.openFindings !== null);
}

/** What the chart of runs shows, in a sentence. */
export function runsInWords(trend: readonly TrendDay[]): string {
  const total = trend.reduce((sum, day) => sum + runsOf(day), 0);
  if (total === 0) return 'No operation completed in the last 30 days.';
  const failed = trend.reduce((sum, { runs }) => sum + runs.failed, 0);
  const partly = trend.reduce((sum, { runs }) => sum + runs.partiallySucceeded, 0);
  const bad = [
    ...(failed > 0 ? [`${numberText(failed)} failed`] : []),
    ...(partly > 0 ? [`${numberText(partly)} succeeded partly`] : []),
  ];
  return `${countOf(total, 'operation')} completed in 30 days${bad.length === 0 ? ', none failed.' : `; ${bad.join(', ')}.`}`;
}

/** What the chart of open findings shows, in a sentence. */
export function findingsInWords(trend: readonly TrendDay[]): string {
  const known = trend.flatMap(({ day, openFindings }) => (openFindings === null ? [] : { day, count: openFindings }));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return 'Nothing was compared in the last 30 days.';
  if (known.length === 1) return `${countOf(last.count, 'open finding')} since the first comparison today.`;
  const most = known.reduce((top, day) => (day.count > top.count ? day : top), first);
  const highest = most.count === last.count ? '' : `; most on ${shortDay(most.day)}: ${numberText(most.count)}`;
  return `From ${numberText(first.count)} on ${shortDay(first.day)} to ${numberText(last.count)} today${highest}.`;
}
