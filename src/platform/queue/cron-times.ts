import { CronDate, CronExpressionParser } from 'cron-parser';

const HOUR_MS = 60 * 60_000;

/** How long after a change of the clock a walk begins before it; longer than any local time is doubled or skipped. */
const RUN_UP_MS = 3 * HOUR_MS;

/** Five fields without seconds; `H`, a random value, would be another one in every process. */
const FIVE_FIELDS = /^(?!.*\bH\b)\S+( \S+){4}$/i;

/** A name of the IANA time zone database; what Intl takes beside names (offsets) is left out. */
const ZONE_NAME = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/;

/** Zones whose clock is put back by half an hour: cron-parser 5.10 goes in circles in that night. */
const HALF_HOUR_ZONES: ReadonlySet<string> = new Set(['australia/lord_howe', 'australia/lhi']);

/**
 * The first instant after `after` (exclusive) at which the clock of `timeZone` matches `cron`.
 *
 * Where the clock is put forward, a local time that is skipped ticks once, as much later as was skipped (02:30 becomes
 * 03:30); where midnight itself is skipped (Cairo, Beirut, Santiago), a cron on hour 0 does not tick that day. Where the
 * clock is put back, a local time that comes twice ticks the first time only; a cron on every hour ticks in both,
 * because each is an hour of its own. The answer does not depend on whether one asks before, between or after.
 * @throws Error for text that `isCron` or `isTimeZone` refuses
 */
export function nextCronTime(cron: string, timeZone: string, after: Date): Date {
  const before = new Date(after.getTime() - RUN_UP_MS);
  const currentDate = offsetAt(before, timeZone) === offsetAt(after, timeZone) ? after : before;
  const times = CronExpressionParser.parse(cron, { tz: timeZone, currentDate });
  for (;;) {
    const time = times.next().toDate();
    if (time > after) return time;
  }
}

/** The first `count` instants after `after`; see {@link nextCronTime}. */
export function cronTimes(cron: string, timeZone: string, after: Date, count: number): Date[] {
  const times: Date[] = [];
  while (times.length < count) times.push(nextCronTime(cron, timeZone, times.at(-1) ?? after));
  return times;
}

/** The expression with one space between its fields, as it is compared and kept. */
export function normalisedCron(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

/** Whether the text is a normalised cron expression of five fields (minute to day of week) that some day comes true. */
export function isCron(text: string): boolean {
  if (!FIVE_FIELDS.test(text)) return false;
  try {
    nextCronTime(text, 'UTC', new Date(0));
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the text names a time zone that this machine knows, e.g. `Europe/Berlin` or `UTC`, and whose clock is changed
 * by whole hours, if at all (all are but Lord Howe Island's).
 */
export function isTimeZone(text: string): boolean {
  if (!ZONE_NAME.test(text) || HALF_HOUR_ZONES.has(text.toLowerCase())) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether two ticks of a valid expression are always at least `minutes` (1 to 60) apart; days on which the clock is
 * changed are not looked at. Hours 23 and 0 count as neighbours whatever the day fields say.
 */
export function ticksAtLeastEvery(cron: string, minutes: number): boolean {
  const { fields } = CronExpressionParser.parse(cron);
  const minute: readonly number[] = fields.minute.values;
  const hour: readonly number[] = fields.hour.values;
  const gaps = minute.slice(1).map((value, index) => value - (minute[index] ?? 0));
  if (gaps.some((gap) => gap < minutes)) return false;
  const overTheHour = 60 - (minute.at(-1) ?? 0) + (minute[0] ?? 0);
  return overTheHour >= minutes || !hour.some((value) => hour.includes((value + 1) % 24));
}

function offsetAt(time: Date, timeZone: string): number {
  return new CronDate(time, timeZone).getUTCOffset();
}
