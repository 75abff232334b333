import pg from 'pg';
import type { TestDatabase } from '../../support/test-database.js';

interface Held {
  client: pg.Client;
  processId: number;
  stepsLeft: number;
}

/** Writers that take their time: each holds the row of one run in a transaction and on a connection of its own. */
export class RowLocks {
  private readonly held = new Set<Held>();

  constructor(private readonly db: TestDatabase) {}

  get any(): boolean {
    return this.held.size > 0;
  }

  /**
   * Holds the row of a run until `steps` steps are over; with `writes` it is also written to, so that whoever waited has
   * to look at it anew. Does nothing when somebody else holds it just then.
   */
  async hold(runId: string, steps: number, writes: boolean): Promise<void> {
    const client = new pg.Client({ connectionString: this.db.url });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await client.query('BEGIN');
    const found = await client.query<{ status: string }>(
      'SELECT status FROM operation_runs WHERE id = $1 FOR UPDATE SKIP LOCKED',
      [runId],
    );
    if (found.rows.length === 0) return client.end();
    if (writes && found.rows[0]?.status !== 'completed') {
      await client.query('UPDATE operation_runs SET updated_at = now() WHERE id = $1', [runId]);
    }
    this.held.add({ client, processId: rows[0]?.pid ?? 0, stepsLeft: steps });
  }

  async stepPassed(): Promise<void> {
    for (const one of this.held) {
      one.stepsLeft -= 1;
      if (one.stepsLeft <= 0) await this.letGo(one);
    }
  }

  async letAllGo(): Promise<void> {
    for (const one of this.held) await this.letGo(one);
  }

  /** Whether all that is under way in the database waits for a lock. */
  async blockAll(): Promise<boolean> {
    const [open] = await this.db.database.query<{ waiting: number; busy: number }>(
      `SELECT count(*) FILTER (WHERE wait_event_type = 'Lock')::int AS waiting,
         count(*) FILTER (WHERE wait_event_type IS DISTINCT FROM 'Lock')::int AS busy
       FROM pg_stat_activity
       WHERE datname = current_database() AND backend_type = 'client backend' AND state <> 'idle'
         AND pid <> pg_backend_pid() AND pid <> ALL ($1::int[])`,
      [[...this.held].map(({ processId }) => processId)],
    );
    return open !== undefined && open.waiting > 0 && open.busy === 0;
  }

  private async letGo(one: Held): Promise<void> {
    this.held.delete(one);
    await one.client.query('COMMIT');
    await one.client.end();
  }
}
