import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { OperationsModule } from '../operations/operations.module.js';
import { ScheduleTickRepository } from './data/schedule-tick.repository.js';
import { ScheduleRepository } from './data/schedule.repository.js';
import { ScheduleBells } from './schedule-bells.js';
import { ScheduleClock } from './schedule-clock.js';
import { ScheduleKinds } from './schedule-kinds.js';
import { ScheduleRules } from './schedule-rules.js';
import { SchedulesService } from './schedules.service.js';

/** Schedules as people keep them; safe in both processes. */
@Module({
  imports: [DiscoveryModule, OperationsModule],
  providers: [
    ScheduleBells,
    ScheduleClock,
    ScheduleKinds,
    ScheduleRepository,
    ScheduleRules,
    SchedulesService,
    ScheduleTickRepository,
  ],
  exports: [ScheduleBells, ScheduleClock, ScheduleKinds, SchedulesService, ScheduleTickRepository],
})
export class SchedulesModule {}
