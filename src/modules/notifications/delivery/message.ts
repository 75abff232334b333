import type { SummaryCounts, TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';

/** A run that ended, as channels are told of it. Everything in it is sanitized already: it is what people see. */
export interface CompletedRun {
  id: string;
  type: string;
  label: string;
  outcome: TerminalOutcome;
  subjectName: string | null;
  summaryCounts: SummaryCounts;
  failureSummary: readonly { code: string; message: string; count: number }[];
  initiatorName: string;
  completedAt: Date;
}

/** What a channel is told: that a run ended, or that somebody tries the channel out. */
export interface ChannelMessage {
  /** The same at every attempt, so that a receiver can drop what it has already. */
  id: string;
  tenantId: string;
  tenantName: string;
  channelName: string;
  /** Absent in a test. */
  run?: CompletedRun;
}

/** The page that "View run" opens. */
export function runUrl(publicUrl: string, tenantId: string, runId: string): string {
  return `${publicUrl}/t/${tenantId}/operations/${runId}`;
}
