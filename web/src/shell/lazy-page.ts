import { lazyRouteComponent } from '@tanstack/react-router';
import { reachability } from '../live/reachability';

/**
 * A page whose code is fetched when it is opened, or before in a quiet moment. While the server is away it waits for it, as
 * the connection bar says, instead of breaking.
 */
export function lazyPage<T extends Record<string, unknown>, Name extends keyof T>(
  fetchCode: () => Promise<T>,
  name: Name,
) {
  return lazyRouteComponent(async () => {
    for (;;) {
      try {
        return await fetchCode();
      } catch (error) {
        // A server that is there does not have the file: another version was installed.
        if (!(await reachability.back())) throw error;
      }
    }
  }, name);
}
