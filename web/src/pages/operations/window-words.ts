import { absoluteTime } from '../../ui/format';
import { isPreset, isTime, WINDOW_OPTIONS, type WindowSearch } from './time-window';

/** The window in words, null when it narrows nothing. */
export function windowWords({ window, from, to }: WindowSearch): string | null {
  if (isPreset(window)) return WINDOW_OPTIONS.find(({ value }) => value === window)?.label ?? null;
  if (isTime(from) && isTime(to)) return `${absoluteTime(from)} to ${absoluteTime(to)}`;
  if (isTime(from)) return `Since ${absoluteTime(from)}`;
  return isTime(to) ? `Before ${absoluteTime(to)}` : null;
}
