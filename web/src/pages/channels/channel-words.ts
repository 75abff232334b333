import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconClock, type TablerIcon } from '@tabler/icons-react';
import type { Channel, ChannelKind, DeliveryState, WantedOutcome } from '../../api/channels';
import type { Tone } from '../../ui/tone';

export const KIND_WORDS: Record<ChannelKind, string> = { webhook: 'Webhook', email: 'E-mail' };

export const OUTCOME_WORDS: Record<WantedOutcome, string> = {
  all: 'Every end',
  succeeded: 'Succeeded',
  partially_succeeded: 'Partially succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const OUTCOMES = Object.keys(OUTCOME_WORDS) as WantedOutcome[];

export const STATE_LOOKS: Record<DeliveryState, { tone: Tone; Icon: TablerIcon; words: string }> = {
  pending: { tone: 'gray', Icon: IconClock, words: 'Waiting' },
  delivered: { tone: 'green', Icon: IconCircleCheck, words: 'Delivered' },
  failed: { tone: 'amber', Icon: IconAlertTriangle, words: 'Failed, tries again' },
  dead: { tone: 'red', Icon: IconCircleX, words: 'Given up' },
};

/** Where a channel leads to, as far as it is shown. */
export function targetOf({ url, recipients }: Pick<Channel, 'url' | 'recipients'>): string {
  return recipients?.join(', ') ?? url ?? '–';
}

/** "Failed, Partially succeeded". */
export function outcomesText(outcomes: readonly WantedOutcome[]): string {
  return outcomes.map((outcome) => OUTCOME_WORDS[outcome]).join(', ');
}
