import type { AuditSpan } from '../../api/audit';
import { serverNow } from '../../api/server-clock';
import { instantOf } from '../../ui/zoned-time';

const HOUR_MS = 3_600_000;

/** Spans of time up to now that the list can be narrowed to. */
export const WINDOWS: readonly { value: string; label: string; hours: number }[] = [
  { value: '1h', label: 'Last hour', hours: 1 },
  { value: '24h', label: 'Last 24 hours', hours: 24 },
  { value: '7d', label: 'Last 7 days', hours: 7 * 24 },
  { value: '30d', label: 'Last 30 days', hours: 30 * 24 },
];

/** The value of the choice that two dates go with. */
export const BETWEEN = 'between';

/** What the API is asked for; dates are whole days in the zone that the person sees times in. */
export function spanOf({ window, from, to }: { window?: string; from?: string; to?: string }): AuditSpan {
  const hours = WINDOWS.find(({ value }) => value === window)?.hours;
  if (hours !== undefined) {
    return { key: window ?? '', read: () => ({ from: new Date(serverNow() - hours * HOUR_MS).toISOString() }) };
  }
  if (window !== BETWEEN) return { key: '', read: () => ({}) };
  const [start, end] = [dayStart(from), dayStart(to, 1)];
  return {
    key: `${start} ${end}`,
    read: () => ({ ...(start !== undefined && { from: start }), ...(end !== undefined && { to: end }) }),
  };
}

function dayStart(day: string | undefined, later = 0): string | undefined {
  if (day === undefined || !/^\d{4}-\d\d-\d\d$/.test(day)) return undefined;
  const at = new Date(Date.parse(`${day}T00:00Z`) + later * 24 * HOUR_MS);
  return Number.isNaN(at.getTime()) ? undefined : instantOf(at.toISOString().slice(0, 16));
}
