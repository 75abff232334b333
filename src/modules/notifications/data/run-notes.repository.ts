import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { rowsStatement } from '../../../platform/database/rows-statement.js';

export interface QueuedNote {
  tenantId: string;
  userId: string;
  runId: string;
  title: string;
  body: string;
}

export interface TerminalNote {
  tenantId: string;
  /** Null for a run of the system: channels are told of it, but nobody in person. */
  userId: string | null;
  runId: string;
  outcome: string;
  /** The run type's noun, kept for the channels. */
  label: string;
  title: string;
  body: string;
}

const ONCE = 'ON CONFLICT ON CONSTRAINT notifications_once DO NOTHING';

const ADD_QUEUED = rowsStatement(
  ['uuid', 'uuid', 'bigint', 'text', 'text'],
  (rows) => `INSERT INTO notifications (tenant_id, user_id, run_id, kind, title, body)
    SELECT tenant_id, user_id, run_id, 'queued', title, body
    FROM ${rows} AS note (tenant_id, user_id, run_id, title, body) ${ONCE}`,
);

/** Writes what runs leave for people, many at once, in the transaction that is open around the caller. */
@Injectable()
export class RunNotesRepository {
  constructor(private readonly database: Database) {}

  /** Adds notes; the second of its kind for a run changes nothing. */
  async addQueued(notes: readonly QueuedNote[]): Promise<void> {
    if (notes.length === 0) return;
    const rows = notes.map(({ tenantId, userId, runId, title, body }) => [tenantId, userId, runId, title, body]);
    await this.database.write(...ADD_QUEUED(rows), { prepared: true });
  }

  /**
   * Adds the initiators' notes and, for each channel of the tenant that wants to know, a delivery. A channel that is
   * deleted meanwhile is locked or gone, so that its end never fails a run's.
   */
  async addTerminal(notes: readonly TerminalNote[]): Promise<void> {
    if (notes.length === 0) return;
    await this.database.write(
      `WITH ended AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS n
           ("tenantId" uuid, "userId" uuid, "runId" bigint, outcome text, label text, title text, body text)
       ), noted AS (
         INSERT INTO notifications (tenant_id, user_id, run_id, kind, outcome, title, body)
         SELECT "tenantId", "userId", "runId", 'terminal', outcome, title, body
         FROM ended WHERE "userId" IS NOT NULL ${ONCE}
       )
       INSERT INTO notification_deliveries (tenant_id, channel_id, run_id, label)
       SELECT c.tenant_id, c.id, ended."runId", ended.label
       FROM ended JOIN notification_channels c ON c.tenant_id = ended."tenantId"
       WHERE c.enabled AND c.outcomes && ARRAY['all', ended.outcome]
       FOR KEY SHARE OF c
       ON CONFLICT ON CONSTRAINT notification_deliveries_once DO NOTHING`,
      [JSON.stringify(notes)],
      { prepared: true },
    );
  }
}
