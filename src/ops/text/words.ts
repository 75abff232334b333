const numbers = new Intl.NumberFormat('en');

/** `1,204`. */
export function number(value: number): string {
  return numbers.format(value);
}

/** `1 run`, `1,204 runs`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** `48 s`, `3 min 05 s`, `2 h 05 min`; negative ones, of clocks that differ, are 0 s. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${number(Math.floor(seconds / 3_600))} h ${two(Math.floor((seconds % 3_600) / 60))} min`;
}

/** `2026-11-21 17:01:02`, in UTC. */
export function timeOf(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}
