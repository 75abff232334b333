import type { Database } from '../../../src/platform/database/database.js';

/** Lets time pass for the runs of some tenants, by writing it into their rows. */
export class Clock {
  constructor(
    private readonly database: Database,
    private readonly tenantIds: readonly string[],
  ) {}

  /** The lease of a running run runs out. */
  async expire(runId: string): Promise<void> {
    await this.database.query(
      `UPDATE operation_runs SET lease_expires_at = now() - interval '1 second' WHERE id = $1 AND status = 'running'`,
      [runId],
    );
  }

  /** What waits becomes old enough for the sweep. */
  async age(): Promise<void> {
    await this.database.query(
      `UPDATE operation_runs SET queued_at = queued_at - interval '5 minutes',
         dispatched_at = dispatched_at - interval '5 minutes'
       WHERE status = 'queued' AND tenant_id = ANY ($1)`,
      [this.tenantIds],
    );
  }

  /** Whatever is still queued is not to be worked any more. */
  async holdForever(): Promise<void> {
    await this.database.query(
      `UPDATE operation_runs SET held_until = 'infinity' WHERE status = 'queued' AND tenant_id = ANY ($1)`,
      [this.tenantIds],
    );
  }

  /** Everything waits, is held and is worked for so long that the sweep has to see to it. */
  async passAll(): Promise<void> {
    await this.age();
    await this.database.query(
      `UPDATE operation_runs SET
         lease_expires_at = CASE WHEN status = 'running' THEN now() - interval '1 second' END,
         held_until = CASE WHEN held_until IS NOT NULL THEN now() - interval '1 second' END
       WHERE status <> 'completed' AND tenant_id = ANY ($1)`,
      [this.tenantIds],
    );
  }
}
