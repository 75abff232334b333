import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { whenReachable } from './when-reachable';

const parts: (() => Promise<unknown>)[] = [];

/** A part of the frame whose code is fetched when it is first shown, or before with {@link fetchParts}. */
export function lazyPart<Props extends object, Name extends string>(
  fetchCode: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): LazyExoticComponent<ComponentType<Props>> {
  parts.push(fetchCode);
  return lazy(async () => ({ default: (await whenReachable(fetchCode))[name] }));
}

/** As {@link lazyPart}, for what a page can do without: where another version was installed and its code is gone, nothing is shown. */
export function lazyExtra<Props extends object, Name extends string>(
  fetchCode: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): LazyExoticComponent<ComponentType<Props>> {
  parts.push(fetchCode);
  return lazy(async () => ({ default: await whenReachable(fetchCode).then((code) => code[name], nothing) }));
}

/** Fetches the code of all parts that were not shown yet. */
export function fetchParts(): void {
  // What cannot be fetched now is fetched when it is shown.
  for (const fetchCode of parts) fetchCode().catch(() => undefined);
}

function nothing(): () => null {
  return () => null;
}
