import { Injectable, Logger } from '@nestjs/common';
import type { SealedTarget } from '../channels/channel.js';
import { OutboxRepository, type ClaimedRow, type Settlement } from '../data/outbox.repository.js';
import { backoffMs, MOST_ATTEMPTS } from './backoff.js';
import { ChannelSender } from './channel.sender.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import type { ChannelMessage } from './message.js';
import type { Verdict } from './verdict.js';

/** Longer than the longest attempt, so that a claim is lost by a dead or frozen process only. */
const LEASE_SECONDS = 60;
/** Of one channel at once, over all processes. */
const PER_CHANNEL = 2;

/** Makes the deliveries that are due, at least once each: a receiver drops doubles by the delivery's id. */
@Injectable()
export class DeliveryWorker {
  private readonly log = new Logger(DeliveryWorker.name);

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly sender: ChannelSender,
    private readonly metrics: DeliveryMetrics,
  ) {}

  /**
   * Claims up to `most` due deliveries and begins an attempt at each. Answers one promise for each, which resolves when
   * the attempt is settled and never rejects.
   * @param signal ends the attempts early and gives them back
   */
  async begin(most: number, signal: AbortSignal): Promise<Promise<void>[]> {
    const rows = await this.outbox.claim(most, PER_CHANNEL, LEASE_SECONDS);
    return rows.map((row) =>
      this.deliver(row, signal).catch((error: unknown) => {
        // Its lease runs out, and then it is claimed again.
        this.log.error(
          `delivery ${row.id} could not be written down`,
          error instanceof Error ? error.stack : undefined,
        );
      }),
    );
  }

  private async deliver(row: ClaimedRow, signal: AbortSignal): Promise<void> {
    const verdict = await this.attempt(row, signal);
    if (!verdict.delivered && signal.aborted) {
      await this.outbox.release(row.id, row.attempts);
      return;
    }
    const settlement = settlementOf(row, verdict);
    const settled = await this.outbox.settle(row.id, row.attempts, settlement);
    if (!settled) {
      this.log.warn(`delivery ${row.id} was claimed by another process meanwhile`);
      return;
    }
    this.metrics.settled(row.kind, settlement.state);
    if (settlement.state === 'dead') this.log.warn(`delivery ${row.id} is given up: ${settlement.code}`);
  }

  private async attempt(row: ClaimedRow, signal: AbortSignal): Promise<Verdict> {
    if (!row.channel_enabled) return { delivered: false, code: 'delivery.channel_disabled', final: true };
    if (row.attempts > MOST_ATTEMPTS) return { delivered: false, code: 'delivery.interrupted', final: true };
    return this.sender.send(targetOf(row), messageOf(row), signal);
  }
}

function settlementOf(row: ClaimedRow, verdict: Verdict): Settlement {
  const { code, status = null } = verdict;
  if (verdict.delivered) return { state: 'delivered', code, status, waitMs: 0 };
  if (verdict.final || row.attempts >= MOST_ATTEMPTS) return { state: 'dead', code, status, waitMs: 0 };
  return { state: 'failed', code, status, waitMs: backoffMs(row.attempts, verdict.retryAfterMs, Math.random()) };
}

function targetOf(row: ClaimedRow): SealedTarget {
  return {
    tenantId: row.tenant_id,
    channelId: row.channel_id,
    kind: row.kind,
    recipients: row.recipients,
    sealedUrl: row.sealed_url,
    sealedSecret: row.sealed_secret,
    sealedPreviousSecret: row.sealed_previous_secret,
    previousSecretUntil: row.previous_secret_until,
  };
}

function messageOf(row: ClaimedRow): ChannelMessage {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    tenantName: row.tenant_name,
    channelName: row.channel_name,
    run: {
      id: row.run_id,
      type: row.type,
      label: row.label,
      outcome: row.outcome,
      subjectName: row.subject_name,
      summaryCounts: row.summary_counts,
      failureSummary: row.failure_summary,
      initiatorName: row.initiator_name,
      completedAt: row.completed_at,
    },
  };
}
