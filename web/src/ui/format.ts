import { chosenZone } from './time-zone';

const NUMBER = new Intl.NumberFormat('en');
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

export function numberText(value: number): string {
  return NUMBER.format(value);
}

/** "1 policy", "2 policies". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** One formatter for each zone and form: making one is slow. */
function formatIn(zone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${Object.values(options).join(' ')}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(undefined, zone === undefined ? options : { ...options, timeZone: zone });
    formats.set(key, format);
  }
  return format;
}

/** Date and time in the person's zone, which is named where it is another than the machine's. */
export function absoluteTime(iso: string): string {
  const zone = chosenZone();
  const text = formatIn(zone, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso));
  return zone === undefined ? text : `${text} (${zone})`;
}

/** Weekday, date and time to the minute, in a zone that is named beside it. */
export function timeIn(zone: string, iso: string): string {
  return formatIn(zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(iso));
}

/** Weekday and time to the minute, beside a time that tells the date. */
export function weekdayTimeIn(zone: string, iso: string): string {
  return formatIn(zone, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
}

export function clockTime(at: number): string {
  return formatIn(chosenZone(), { timeStyle: 'short' }).format(at);
}

/** "in 3 hours"; "due now" for what should have come. */
export function relativeFuture(iso: string, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1_000);
  if (seconds < 5) return 'due now';
  for (const [unit, size] of STEPS) {
    if (seconds >= size) return RELATIVE.format(Math.floor(seconds / size), unit);
  }
  return RELATIVE.format(seconds, 'second');
}

/** "3 minutes ago"; a clock that is a little behind the server's never says "in 2 seconds". */
export function relativeTime(iso: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1_000));
  if (seconds < 10) return 'just now';
  for (const [unit, size] of STEPS) {
    if (seconds >= size) return RELATIVE.format(-Math.floor(seconds / size), unit);
  }
  return RELATIVE.format(-seconds, 'second');
}

/** "12 s", "3 min 05 s", "2 h 10 min". */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1_000) return '< 1 s';
  const seconds = Math.floor(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `policy.changed` or `includeAssignments` as words: "Policy changed", "Include assignments". */
export function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[._-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
