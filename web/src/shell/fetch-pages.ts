import type { AppRouter } from '../router';
import { fetchParts } from './lazy-part';

/** The first page comes first. */
const AFTER_MS = 3_000;
/** A machine that is never idle fetches them all the same. */
const LATEST_MS = 10_000;

/**
 * Fetches the code of the other pages while nothing else is to be done: they open at once, also when the server is away
 * for a while or has a newer version. A person who saves data fetches each page when it is opened.
 */
export function fetchPagesWhenIdle(router: AppRouter): void {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  if (connection?.saveData === true) return;
  const fetchAll = (): void => {
    fetchParts();
    for (const route of Object.values(router.routesById)) {
      // What cannot be fetched now is fetched when it is opened.
      Promise.resolve(router.loadRouteChunk(route)).catch(() => undefined);
    }
  };
  setTimeout(() => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(fetchAll, { timeout: LATEST_MS });
    else fetchAll();
  }, AFTER_MS);
}
