import { lazyRouteComponent } from '@tanstack/react-router';
import { untilCode } from './first-page';
import { whenReachable } from './when-reachable';

/** A page whose code is fetched when it is opened, or before in a quiet moment. */
export function lazyPage<T extends Record<string, unknown>, Name extends keyof T>(
  fetchCode: () => Promise<T>,
  name: Name,
) {
  return lazyRouteComponent(() => whenReachable(fetchCode), name);
}

/** The same in the frame, which is seen while the code of its first page comes. */
export function lazyFramedPage<T extends Record<string, unknown>, Name extends keyof T>(
  fetchCode: () => Promise<T>,
  name: Name,
) {
  const page = lazyPage(fetchCode, name);
  const { preload } = page;
  page.preload = async () => {
    if (preload !== undefined) await untilCode(fetchCode, Promise.resolve(preload()));
  };
  return page;
}
