import { lazyRouteComponent } from '@tanstack/react-router';
import { whenReachable } from './when-reachable';

/** A page whose code is fetched when it is opened, or before in a quiet moment. */
export function lazyPage<T extends Record<string, unknown>, Name extends keyof T>(
  fetchCode: () => Promise<T>,
  name: Name,
) {
  return lazyRouteComponent(() => whenReachable(fetchCode), name);
}
