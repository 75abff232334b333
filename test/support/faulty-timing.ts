import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../../src/platform/database/database.js';

const LOOK_MS = 5;
const LOOKS = 40;

/**
 * Lets statements of `work` that write to `table` meet there: each has taken its snapshot and done what comes before,
 * and none can commit until two of them wait, or until there has been time enough for it. Left to themselves, short
 * statements follow each other on a machine with few cores, and no race is ever run.
 * @param bystander a way to the server that `work` does not use
 */
export async function meetingAt<T>(bystander: Database, table: string, work: () => Promise<T>): Promise<T> {
  let done: Promise<T> | undefined;
  await bystander.transaction(async () => {
    await bystander.query(`LOCK TABLE ${table} IN SHARE MODE`);
    await bystander.outside(async () => {
      done = work();
      done.catch(() => undefined); // whoever awaits it below is told
      for (let looks = 0; looks < LOOKS && !(await twoWait(bystander)); looks += 1) await wait(LOOK_MS);
    });
  });
  return done ?? work();
}

async function twoWait(bystander: Database): Promise<boolean> {
  const waiting = await bystander.query(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return waiting.length > 1;
}
