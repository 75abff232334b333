import type { Database } from '../../src/platform/database/database.js';
import { eventually } from './eventually.js';

/** Resolves as soon as somebody waits for a lock in the database. */
export function somebodyWaits(database: Database): Promise<true> {
  return eventually(async () => {
    const waiting = await database.outside(() =>
      database.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`),
    );
    return waiting.length > 0 ? true : undefined;
  });
}
