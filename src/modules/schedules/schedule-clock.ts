import { Injectable } from '@nestjs/common';

/** The time that ticks are measured by; a test sets its own. */
@Injectable()
export class ScheduleClock {
  now(): Date {
    return new Date();
  }
}
