/** The windows to choose from, in minutes back from now. */
const MINUTES = { '1h': 60, '6h': 360, '1d': 1_440, '7d': 10_080, '30d': 43_200 } as const;

export type WindowPreset = keyof typeof MINUTES;

export const WINDOW_OPTIONS: readonly { value: WindowPreset | 'any' | 'custom'; label: string }[] = [
  { value: 'any', label: 'Any time' },
  { value: '1h', label: 'Last hour' },
  { value: '6h', label: 'Last 6 hours' },
  { value: '1d', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
  { value: 'custom', label: 'Custom…' },
];

/** What of an address says which time is meant. */
export interface WindowSearch {
  window?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export function isPreset(text: string | undefined): text is WindowPreset {
  return text !== undefined && Object.hasOwn(MINUTES, text);
}

/** What the list is asked for. Times of a URL that are none are left out. */
export function windowFilter({ window, from, to }: WindowSearch): { lastMinutes?: number; from?: string; to?: string } {
  if (isPreset(window)) return { lastMinutes: MINUTES[window] };
  return { ...(isTime(from) ? { from } : {}), ...(isTime(to) ? { to } : {}) };
}

/** Whether it names an instant; an address may be written by hand. */
export function isTime(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}

const KEY = 'tenantatlas.operations.window';

/** The window of the last visit in this browser; undefined for any time. */
export function rememberedWindow(): WindowPreset | undefined {
  try {
    const stored = localStorage.getItem(KEY) ?? undefined;
    return isPreset(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a preset for the next visit; anything else means any time. */
export function rememberWindow(window: string | undefined): void {
  try {
    if (isPreset(window)) localStorage.setItem(KEY, window);
    else localStorage.removeItem(KEY);
  } catch {
    // Private windows may refuse to store.
  }
}
