const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:Z|[+-](\d\d)(?::?(\d\d))?)$/;

/** PostgreSQL takes no larger distance from UTC; 15:59:59 is its last. */
const LARGEST_OFFSET_HOURS = 15;

/**
 * Whether the text is a point in time, in ISO 8601 or as PostgreSQL writes a `timestamptz`, that PostgreSQL can cast.
 * `Date.parse` alone does not tell: it takes 30 February, the year 0 and words in brackets, which the cast refuses.
 */
export function isInstant(text: string): boolean {
  const [, day = '', time = '', offsetHours = '00', offsetMinutes = '00'] = INSTANT.exec(text) ?? [];
  const date = new Date(`${day}T${time}Z`);
  return (
    !Number.isNaN(date.getTime()) &&
    date.toISOString().startsWith(`${day}T${time}`) &&
    date.getUTCFullYear() > 0 &&
    Number(offsetHours) <= LARGEST_OFFSET_HOURS &&
    Number(offsetMinutes) <= 59
  );
}
