import { Injectable } from '@nestjs/common';

/** What today is; a test sets its own. */
@Injectable()
export class OverviewClock {
  now(): Date {
    return new Date();
  }
}
