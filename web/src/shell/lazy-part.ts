import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { whenReachable } from './when-reachable';

const parts: (() => Promise<unknown>)[] = [];

/**
 * A part of the frame whose code is fetched when it is first shown, or before with {@link fetchParts}.
 * @param whenGone shown instead where another version was installed and the code is gone; without it, that is an error
 */
export function lazyPart<Props extends object, Name extends string>(
  fetchCode: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
  whenGone?: ComponentType<Props>,
): LazyExoticComponent<ComponentType<Props>> {
  parts.push(fetchCode);
  return lazy(async () => {
    try {
      return { default: (await whenReachable(fetchCode))[name] };
    } catch (error) {
      if (whenGone === undefined) throw error;
      return { default: whenGone };
    }
  });
}

/** Fetches the code of all parts that were not shown yet. */
export function fetchParts(): void {
  // What cannot be fetched now is fetched when it is shown.
  for (const fetchCode of parts) fetchCode().catch(() => undefined);
}
