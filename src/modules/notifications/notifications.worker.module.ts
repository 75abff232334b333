import { Module } from '@nestjs/common';
import { ChannelSendingModule } from './channels/channel-sending.module.js';
import { OutboxRepository } from './data/outbox.repository.js';
import { DeliveryLoop } from './delivery/delivery.loop.js';
import { DeliveryMetrics } from './delivery/delivery-metrics.js';
import { DeliveryWorker } from './delivery/delivery.worker.js';
import { NotificationsModule } from './notifications.module.js';

/** Makes the deliveries; imported by the worker context only. */
@Module({
  imports: [NotificationsModule, ChannelSendingModule],
  providers: [OutboxRepository, DeliveryMetrics, DeliveryWorker, DeliveryLoop],
})
export class NotificationsWorkerModule {}
