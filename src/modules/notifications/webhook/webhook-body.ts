import type { TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import { runUrl, type ChannelMessage, type CompletedRun } from '../delivery/message.js';

const BUCKETS: Record<TerminalOutcome, string> = {
  succeeded: 'Succeeded',
  partially_succeeded: 'Partially succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** The JSON that a webhook is sent: `run.completed`, or `channel.test` without a run. */
export function webhookBody(message: ChannelMessage, publicUrl: string, sentAt: Date): string {
  const { id, tenantId, run } = message;
  const type = run === undefined ? 'channel.test' : 'run.completed';
  return JSON.stringify({
    id,
    type,
    tenantId,
    ...(run && { run: runOf(run, runUrl(publicUrl, tenantId, run.id)) }),
    sentAt: sentAt.toISOString(),
  });
}

function runOf(run: CompletedRun, url: string): Record<string, unknown> {
  return {
    id: run.id,
    type: run.type,
    label: run.label,
    status: 'completed',
    outcome: run.outcome,
    bucket: BUCKETS[run.outcome],
    summaryCounts: run.summaryCounts,
    failureSummary: run.failureSummary,
    initiatorName: run.initiatorName,
    completedAt: run.completedAt.toISOString(),
    url,
  };
}
