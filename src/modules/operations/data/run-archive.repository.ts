import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

/** Moves old completed runs out of the table that every page reads. */
@Injectable()
export class RunArchiveRepository {
  constructor(private readonly database: Database) {}

  /**
   * Moves up to `most` runs that completed `days` ago or longer to the archive, each with its items and history, and
   * takes them off the totals, so that counts and lists agree. Notes of these runs go with them. Answers how many.
   */
  moveOld(days: number, most: number): Promise<number> {
    return this.database.transaction(async () => {
      await this.database.query(`SELECT set_config('tenantatlas.retention', 'on', true)`);
      const [{ moved } = { moved: 0 }] = await this.database.query<{ moved: number }>(
        `WITH old AS (
           SELECT id FROM operation_runs
           WHERE status = 'completed' AND completed_at < now() - make_interval(days => $1)
           ORDER BY completed_at LIMIT $2 FOR UPDATE SKIP LOCKED
         ), archived AS (
           INSERT INTO operation_runs_archive (id, tenant_id, completed_at, run, items, events)
           SELECT r.id, r.tenant_id, r.completed_at, to_jsonb(r),
             coalesce((SELECT jsonb_agg(to_jsonb(i) ORDER BY i.id) FROM operation_run_items i WHERE i.run_id = r.id), '[]'),
             coalesce((
               SELECT jsonb_agg(to_jsonb(e) ORDER BY e.id) FROM operation_run_events e
               WHERE e.tenant_id = r.tenant_id AND e.run_id = r.id), '[]')
           FROM operation_runs r JOIN old USING (id)
           RETURNING id
         ), removed AS (
           DELETE FROM operation_runs r USING archived a WHERE r.id = a.id RETURNING r.tenant_id, r.type, r.outcome
         ), totals AS (
           INSERT INTO operation_run_total_deltas (tenant_id, type, outcome, runs, day)
           SELECT tenant_id, type, outcome, -count(*), NULL FROM removed GROUP BY tenant_id, type, outcome
         )
         SELECT count(*)::int AS moved FROM removed`,
        [days, most],
      );
      return moved;
    });
  }
}
