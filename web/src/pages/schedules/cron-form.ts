/** The timings that the form can ask for without an expression; times are on the schedule's own clock. */
export type Rhythm =
  | { every: 'hours'; hours: number; minute: number }
  | { every: 'day'; time: string }
  | { every: 'week'; days: readonly number[]; time: string }
  | { every: 'expression'; cron: string };

/** Divisors of a day, so that the gaps are equal over midnight. */
export const HOUR_STEPS: readonly number[] = [1, 2, 3, 4, 6, 8, 12];

/** Monday first; the number is cron's. */
export const WEEKDAYS: readonly { day: number; name: string; short: string }[] = [
  { day: 1, name: 'Monday', short: 'Mon' },
  { day: 2, name: 'Tuesday', short: 'Tue' },
  { day: 3, name: 'Wednesday', short: 'Wed' },
  { day: 4, name: 'Thursday', short: 'Thu' },
  { day: 5, name: 'Friday', short: 'Fri' },
  { day: 6, name: 'Saturday', short: 'Sat' },
  { day: 0, name: 'Sunday', short: 'Sun' },
];

/** The cron expression of a rhythm; empty while something is missing. */
export function cronOf(rhythm: Rhythm): string {
  switch (rhythm.every) {
    case 'hours':
      return `${rhythm.minute} ${rhythm.hours === 1 ? '*' : `*/${rhythm.hours}`} * * *`;
    case 'day':
      return atTime(rhythm.time, '*');
    case 'week':
      return rhythm.days.length === 0 ? '' : atTime(rhythm.time, [...rhythm.days].sort((a, b) => a - b).join(','));
    case 'expression':
      return rhythm.cron.trim().replaceAll(/\s+/g, ' ');
  }
}

function atTime(time: string, days: string): string {
  const [, hour, minute] = /^(\d\d):(\d\d)/.exec(time) ?? [];
  return hour === undefined ? '' : `${Number(minute)} ${Number(hour)} * * ${days}`;
}

/** The rhythm that a cron expression is; the expression itself where the form has no simpler words for it. */
export function rhythmOf(cron: string): Rhythm {
  const [minute = '', hour = '', dayOfMonth, month, weekday = ''] = cron.split(' ');
  const expression: Rhythm = { every: 'expression', cron };
  if (dayOfMonth !== '*' || month !== '*' || !isBelow(minute, 60)) return expression;
  const hours = hour === '*' ? 1 : Number(/^\*\/(\d+)$/.exec(hour)?.[1] ?? 0);
  if (HOUR_STEPS.includes(hours))
    return weekday === '*' ? { every: 'hours', hours, minute: Number(minute) } : expression;
  if (!isBelow(hour, 24)) return expression;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (weekday === '*') return { every: 'day', time };
  const days = daysOf(weekday);
  return days === undefined ? expression : { every: 'week', days, time };
}

function isBelow(text: string, end: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) < end;
}

/** The days of lists and ranges of numbers, such as `1-5` or `0,6`. */
function daysOf(field: string): number[] | undefined {
  const days = new Set<number>();
  for (const part of field.split(',')) {
    const [, from, to = from] = /^([0-7])(?:-([0-7]))?$/.exec(part) ?? [];
    if (from === undefined || Number(to) < Number(from)) return undefined;
    for (let day = Number(from); day <= Number(to); day += 1) days.add(day % 7);
  }
  return [...days];
}

/** A cron expression as people say it: "Every day at 03:30", "Mon to Fri at 22:00", "Every 6 hours at :15". */
export function cronWords(cron: string): string {
  const rhythm = rhythmOf(cron);
  switch (rhythm.every) {
    case 'hours': {
      const minute = `:${String(rhythm.minute).padStart(2, '0')}`;
      return rhythm.hours === 1 ? `Every hour at ${minute}` : `Every ${rhythm.hours} hours at ${minute}`;
    }
    case 'day':
      return `Every day at ${rhythm.time}`;
    case 'week':
      return `${dayWords(rhythm.days)} at ${rhythm.time}`;
    case 'expression':
      return minuteWords(cron) ?? `Cron ${cron}`;
  }
}

/** Steps that divide the hour have equal gaps; the form has no field for them, since hardly anything needs them. */
function minuteWords(cron: string): string | undefined {
  const minutes = Number(/^\*\/(\d{1,2}) \* \* \* \*$/.exec(cron)?.[1] ?? 0);
  return minutes > 1 && 60 % minutes === 0 ? `Every ${minutes} minutes` : undefined;
}

function dayWords(days: readonly number[]): string {
  const shown = WEEKDAYS.filter(({ day }) => days.includes(day));
  if (shown.length === 7) return 'Every day';
  if (shown.length === 1) return `Every ${shown[0]?.name}`;
  if (shown.map(({ day }) => day).join('') === '12345') return 'Mon to Fri';
  const words = shown.map(({ short }) => short);
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
