import { Module } from '@nestjs/common';
import { OperationsModule } from '../operations/operations.module.js';
import { ScheduleTimings } from './schedule-timings.js';
import { SchedulesModule } from './schedules.module.js';
import { ScheduleKeeper } from './work/schedule-keeper.js';
import { ScheduleTicks } from './work/schedule-ticks.js';

/** Fires schedules; imported by the worker context only. */
@Module({
  imports: [OperationsModule, SchedulesModule],
  providers: [ScheduleKeeper, ScheduleTicks, ScheduleTimings],
})
export class SchedulesWorkerModule {}
