import { Module } from '@nestjs/common';
import { LiveHttpModule } from '../../platform/live/live.http.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { ChannelDeliveriesService } from './channels/channel-deliveries.service.js';
import { ChannelRules } from './channels/channel-rules.js';
import { ChannelSendingModule } from './channels/channel-sending.module.js';
import { ChannelsService } from './channels/channels.service.js';
import { ChannelsRepository } from './data/channels.repository.js';
import { DeliveriesRepository } from './data/deliveries.repository.js';
import { ChannelsController } from './http/channels.controller.js';
import { NotificationsController } from './http/notifications.controller.js';
import { LiveNotesRepository } from './live-notes.repository.js';
import { LiveNotesTopic } from './live-notes.topic.js';
import { NotificationsModule } from './notifications.module.js';

/** A user's own notes and a tenant's channels over HTTP; for the API process. */
@Module({
  imports: [NotificationsModule, ChannelSendingModule, TenancyModule, LiveHttpModule],
  controllers: [NotificationsController, ChannelsController],
  providers: [
    ChannelsService,
    ChannelDeliveriesService,
    ChannelRules,
    ChannelsRepository,
    DeliveriesRepository,
    LiveNotesRepository,
    LiveNotesTopic,
  ],
})
export class NotificationsHttpModule {}
