const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A cache older than this may name groups that Entra has forgotten: it keeps a delta token for seven days. */
const STALE_DAYS = 7;

/** An age in the largest unit that fits, for a sentence: "3 hours". */
export function ageInWords(seconds: number): string {
  if (seconds < MINUTE) return 'less than a minute';
  if (seconds < HOUR) return counted(seconds / MINUTE, 'minute');
  if (seconds < DAY) return counted(seconds / HOUR, 'hour');
  return counted(seconds / DAY, 'day');
}

/** What stands beside every choice of a cached group: that it is cached, and how old the cache is. */
export function cacheHelperText(ageSeconds: number | null): string {
  if (ageSeconds === null) {
    return 'Groups come from the directory cache, which is empty: no group sync has finished yet. Start one.';
  }
  const sentence = `Groups come from the directory cache, which is ${ageInWords(ageSeconds)} old.`;
  return ageSeconds < STALE_DAYS * DAY ? sentence : `${sentence} Sync groups before you rely on it.`;
}

function counted(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
}
