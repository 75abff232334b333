import { Injectable } from '@nestjs/common';
import { Metrics, type Count } from '../../../platform/metrics/metrics.js';
import { CHANNEL_KINDS, type ChannelKind } from '../channels/channel.js';
import type { Settlement } from '../data/outbox.repository.js';

const RESULT_OF = { delivered: 'delivered', failed: 'retried', dead: 'given_up' } as const satisfies Record<
  Settlement['state'],
  string
>;

/** How attempts to tell a channel end. Count what was written down, so that each end is told by one process. */
@Injectable()
export class DeliveryMetrics {
  private readonly attempts: Count<'channel' | 'result'>;

  constructor(metrics: Metrics) {
    this.attempts = metrics.counter({
      name: 'notification_attempts_total',
      help: 'Attempts to tell a channel, by what came of the delivery: delivered, to be tried again, or given up.',
      labels: { channel: CHANNEL_KINDS, result: Object.values(RESULT_OF) },
    });
  }

  settled(channel: ChannelKind, state: Settlement['state']): void {
    this.attempts({ channel, result: RESULT_OF[state] });
  }
}
