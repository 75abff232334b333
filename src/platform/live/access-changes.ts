import { Injectable } from '@nestjs/common';
import { LiveSignals } from './live-signals.js';

/** Words `<user id>`: a session, a token or a membership of this user has ended or is not what it was. */
export const ACCESS_CHANGED_CHANNEL = 'access_changed';

/** Has every process ask again at once whether that user's open streams may go on. A lost signal is made up for soon. */
@Injectable()
export class AccessChanges {
  constructor(private readonly signals: LiveSignals) {}

  /** Call it after the change was committed. */
  changed(userId: string): void {
    this.signals.send(ACCESS_CHANGED_CHANNEL, userId);
  }
}
