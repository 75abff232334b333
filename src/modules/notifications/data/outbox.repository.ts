import { Injectable } from '@nestjs/common';
import type { SummaryCounts, TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import { asFilter } from '../../../platform/database/as-filter.js';
import { Database } from '../../../platform/database/database.js';
import type { ChannelKind } from '../channels/channel.js';

/** A delivery that this process may attempt until its lease runs out, with its channel and its run. */
export interface ClaimedRow {
  id: string;
  /** With this attempt; whoever settles must name it. */
  attempts: number;
  tenant_id: string;
  tenant_name: string;
  label: string;
  channel_id: string;
  channel_name: string;
  channel_enabled: boolean;
  kind: ChannelKind;
  recipients: string[] | null;
  sealed_url: Buffer | null;
  sealed_secret: Buffer | null;
  sealed_previous_secret: Buffer | null;
  previous_secret_until: Date | null;
  run_id: string;
  type: string;
  outcome: TerminalOutcome;
  subject_name: string | null;
  summary_counts: SummaryCounts;
  failure_summary: { code: string; message: string; count: number }[];
  initiator_name: string;
  completed_at: Date;
}

/** How an attempt is written down. */
export interface Settlement {
  state: 'delivered' | 'failed' | 'dead';
  code: string;
  status: number | null;
  /** Until the next attempt of a failed one. */
  waitMs: number;
}

const OPEN = `state IN ('pending', 'failed')`;

/**
 * Deliveries of all tenants, for the process that makes them. A claim is a lease and the number of its attempt: a
 * process that died or slept past its lease can settle nothing, and the delivery is claimed again under the same id.
 */
@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  /**
   * Claims up to `most` deliveries that are due, the longest due first, and of one channel no more than make
   * `perChannel` under way, so that a slow receiver delays nobody else's. Processes that claim at the very same moment
   * may each take that many.
   */
  claim(most: number, perChannel: number, leaseSeconds: number): Promise<ClaimedRow[]> {
    return this.database.query<ClaimedRow>(
      `WITH RECURSIVE waiting AS (
         -- From channel to channel by the index of what is open: all that have none are not looked at one by one.
         (SELECT channel_id FROM notification_deliveries WHERE ${OPEN} ORDER BY channel_id LIMIT 1)
         UNION ALL
         SELECT next.channel_id FROM waiting w CROSS JOIN LATERAL (
           SELECT channel_id FROM notification_deliveries WHERE ${OPEN} AND channel_id > w.channel_id
           ORDER BY channel_id LIMIT 1) next
       ), busy AS MATERIALIZED (
         -- Who has a lease is open: an end takes it away. Asked by the lease alone, or all that wait may be read for it.
         SELECT channel_id, count(*) AS under_way FROM notification_deliveries WHERE lease_expires_at > now()
         GROUP BY channel_id
       ), due AS (
         SELECT d.id FROM waiting w LEFT JOIN busy b ON b.channel_id = w.channel_id
         CROSS JOIN LATERAL (
           SELECT id, next_attempt_at FROM notification_deliveries
           WHERE channel_id = w.channel_id AND ${OPEN} AND next_attempt_at <= now()
             AND (lease_expires_at IS NULL OR lease_expires_at <= now())
           ORDER BY next_attempt_at
           LIMIT greatest(0, $2 - coalesce(b.under_way, 0))
           FOR UPDATE SKIP LOCKED
         ) d
         ORDER BY d.next_attempt_at LIMIT $1
       ), claimed AS (
         UPDATE notification_deliveries d
         SET attempts = d.attempts + 1, lease_expires_at = now() + $3 * interval '1 second'
         FROM due WHERE d.id = due.id
         RETURNING d.*
       )
       SELECT d.id, d.attempts, d.tenant_id, t.name AS tenant_name, d.label, d.channel_id, c.name AS channel_name,
         c.enabled AS channel_enabled, c.kind, c.recipients, c.sealed_url, c.sealed_secret, c.sealed_previous_secret,
         c.previous_secret_until, d.run_id, r.type, r.outcome, r.subject_name, r.summary_counts, r.failure_summary,
         r.initiator_name, r.completed_at
       FROM claimed d
       JOIN tenants t ON t.id = d.tenant_id
       JOIN notification_channels c ON c.id = d.channel_id
       JOIN operation_runs r ON r.id = d.run_id`,
      [most, perChannel, leaseSeconds],
    );
  }

  /** Writes down how the attempt ended; false when the claim no longer holds, and then nothing was written. */
  async settle(id: string, attempts: number, settlement: Settlement): Promise<boolean> {
    const rows = await this.database.query(
      `WITH settled AS (
         UPDATE notification_deliveries
         SET state = $3, last_code = $4, last_status = $5, lease_expires_at = NULL,
           next_attempt_at = now() + $6 * interval '1 millisecond',
           settled_at = CASE WHEN $3 = 'failed' THEN NULL ELSE now() END
         WHERE id = $1 AND ${asFilter(`attempts = $2 AND ${OPEN}`)}
         RETURNING channel_id
       )
       UPDATE notification_channels c
       SET last_delivery_state = $3, last_delivery_code = $4, last_delivery_at = now()
       FROM settled WHERE c.id = settled.channel_id RETURNING c.id`,
      [id, attempts, settlement.state, settlement.code, settlement.status, settlement.waitMs],
    );
    return rows.length > 0;
  }

  /** Gives the claim back, due at once for another process; the attempt does not count. */
  async release(id: string, attempts: number): Promise<void> {
    await this.database.query(
      `UPDATE notification_deliveries SET lease_expires_at = NULL, attempts = attempts - 1
       WHERE id = $1 AND ${asFilter(`attempts = $2 AND ${OPEN}`)}`,
      [id, attempts],
    );
  }
}
