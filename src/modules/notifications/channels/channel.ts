import type { TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';

export const CHANNEL_KINDS = ['webhook', 'email'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Which ends of runs a channel is told of; `all` holds for outcomes to come too. */
export const WANTED_OUTCOMES = ['all', 'succeeded', 'partially_succeeded', 'failed', 'cancelled'] as const satisfies (
  'all' | TerminalOutcome
)[];
export type WantedOutcome = (typeof WANTED_OUTCOMES)[number];

/** `failed` is tried again, `dead` is not. */
export const DELIVERY_STATES = ['pending', 'delivered', 'failed', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** The most channels of one tenant. */
export const MOST_CHANNELS = 20;
/** The most addresses of one e-mail channel. */
export const MOST_RECIPIENTS = 20;

/** Where a channel leads to, with its secrets as the database keeps them. */
export interface SealedTarget {
  tenantId: string;
  channelId: string;
  kind: ChannelKind;
  recipients: readonly string[] | null;
  sealedUrl: Buffer | null;
  sealedSecret: Buffer | null;
  /** Signs beside the present secret until `previousSecretUntil`. */
  sealedPreviousSecret: Buffer | null;
  previousSecretUntil: Date | null;
}

export interface WebhookTarget {
  kind: 'webhook';
  url: string;
  /** `whsec_…`; each signs. The first is the present one. */
  secrets: readonly string[];
}

export interface EmailTarget {
  kind: 'email';
  recipients: readonly string[];
}

/** Where a channel leads to, in the clear: keep it in memory, log none of it. */
export type OpenTarget = WebhookTarget | EmailTarget;
