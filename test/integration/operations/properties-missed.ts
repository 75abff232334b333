import type { Database } from '../../../src/platform/database/database.js';
import { InvariantBroken, LIMITS } from './properties-invariants.js';

/**
 * Each run that may be worked, under its ring, and with how often its lane was claimed from: seen twice it was queued,
 * and its lane had room, all the time between.
 */
const WORKABLE = `
  SELECT concat_ws('/', r.id, r.dispatch_seq, lane.claims) AS key
  FROM operation_runs r
  JOIN jsonb_to_recordset($1::jsonb) AS t (kind text, most integer) ON t.kind = r.type
  CROSS JOIN LATERAL (
    SELECT sum(o.lease_epoch) AS claims, count(*) FILTER (WHERE o.status = 'running') AS running
    FROM operation_runs o WHERE o.tenant_id = r.tenant_id AND o.type = r.type) lane
  WHERE r.status = 'queued' AND r.held_until IS NULL AND lane.running < t.most`;

/**
 * Answers what `look` answers. A worker drops its ring when that is nothing, so then no run may have been workable from
 * before the look until after it, whoever held its row meanwhile.
 */
export async function missingNothing<T>(
  database: Database,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const before = await workable(database);
  const found = await look();
  if (found !== undefined || before.length === 0) return found;
  const after = new Set(await workable(database));
  const missed = before.filter((key) => after.has(key));
  if (missed.length > 0) {
    throw new InvariantBroken(
      `RING: a ring is dropped only when no run may be worked (run/ring/claims ${missed.join()})`,
    );
  }
  return undefined;
}

async function workable(database: Database): Promise<string[]> {
  return (await database.query<{ key: string }>(WORKABLE, [LIMITS])).map(({ key }) => key);
}
