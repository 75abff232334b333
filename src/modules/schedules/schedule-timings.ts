import { Injectable } from '@nestjs/common';

/** When the scheduler looks by itself. Milliseconds. */
@Injectable()
export class ScheduleTimings {
  /** Between two looks for schedules whose bell did not ring. */
  readonly look: number = 30_000;
  /** Between two comparisons of all bells with all rows; one is made at once when their numbers differ. */
  readonly reconcile: number = 5 * 60_000;
  /** A bell may ring this much early, where one machine's clock is behind another's. */
  readonly early: number = 5_000;
  /** A tick that was taken and not settled for this long has lost its worker; a start fails or answers long before. */
  readonly interrupted: number = 60_000;
}
