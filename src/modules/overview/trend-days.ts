const DAY_MS = 86_400_000;

/** The last `count` days in UTC as `yyyy-mm-dd`, oldest first, the day of `now` last. */
export function trendDays(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, at) =>
    new Date(now.getTime() - (count - 1 - at) * DAY_MS).toISOString().slice(0, 10),
  );
}
