import type { ChannelRow } from '../data/channels.repository.js';
import type { DeliveryRow } from '../data/deliveries.repository.js';
import { sentenceOf } from '../delivery/verdict.js';
import type { ChannelKind, DeliveryState, WantedOutcome } from './channel.js';

/** A channel as its owners see it; never with a secret, and of a URL its origin only. Times are ISO 8601 in UTC. */
export interface ChannelView {
  id: string;
  kind: ChannelKind;
  name: string;
  url: string | null;
  recipients: string[] | null;
  outcomes: WantedOutcome[];
  enabled: boolean;
  createdByName: string;
  createdAt: string;
  updatedAt: string;
  /** Until then deliveries are signed with the secret before the present one too. */
  previousSecretUntil: string | null;
  lastDelivery: { state: DeliveryState; code: string; message: string; at: string } | null;
}

export interface DeliveryView {
  id: string;
  runId: string;
  label: string;
  state: DeliveryState;
  attempts: number;
  /** Null when none will follow. */
  nextAttemptAt: string | null;
  code: string | null;
  message: string | null;
  /** The HTTP status or SMTP reply code of the last attempt. */
  status: number | null;
  createdAt: string;
  settledAt: string | null;
}

export function channelView(row: ChannelRow): ChannelView {
  const { last_delivery_state: state, last_delivery_code: code, last_delivery_at: at } = row;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    url: row.url_shown,
    recipients: row.recipients,
    outcomes: row.outcomes,
    enabled: row.enabled,
    createdByName: row.created_by_name,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    previousSecretUntil: row.previous_secret_until?.toISOString() ?? null,
    lastDelivery:
      state === null || code === null || at === null
        ? null
        : { state, code, message: sentenceOf(code), at: at.toISOString() },
  };
}

export function deliveryView(row: DeliveryRow): DeliveryView {
  return {
    id: row.id,
    runId: row.run_id,
    label: row.label,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.settled_at === null ? row.next_attempt_at.toISOString() : null,
    code: row.last_code,
    message: row.last_code === null ? null : sentenceOf(row.last_code),
    status: row.last_status,
    createdAt: row.created_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
  };
}
