import { Module } from '@nestjs/common';
import { NotificationsRepository } from './data/notifications.repository.js';
import { NotificationsService } from './notifications.service.js';
import { RunNotesListener } from './run-notes.listener.js';

@Module({
  providers: [NotificationsRepository, NotificationsService, RunNotesListener],
  exports: [NotificationsService],
})
export class NotificationsModule {}
