import { Module } from '@nestjs/common';
import { NotificationsRepository } from './data/notifications.repository.js';
import { RunNotesRepository } from './data/run-notes.repository.js';
import { LiveNotesSignals } from './live-notes.signals.js';
import { NotificationsService } from './notifications.service.js';
import { RunNotesListener } from './run-notes.listener.js';

/** Notes of runs for people, and what channels are to be told; for both processes. */
@Module({
  providers: [NotificationsRepository, NotificationsService, RunNotesRepository, RunNotesListener, LiveNotesSignals],
  exports: [NotificationsService],
})
export class NotificationsModule {}
