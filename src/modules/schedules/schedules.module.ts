import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { OperationsModule } from '../operations/operations.module.js';
import { ComingTicksRepository } from './data/coming-ticks.repository.js';
import { ScheduleTickRepository } from './data/schedule-tick.repository.js';
import { ScheduleRepository } from './data/schedule.repository.js';
import { BellDoctor } from './bell-doctor.facade.js';
import { ScheduleBells } from './schedule-bells.js';
import { ScheduleClock } from './schedule-clock.js';
import { ScheduleKinds } from './schedule-kinds.js';
import { ScheduleRules } from './schedule-rules.js';
import { SchedulesFacade } from './schedules.facade.js';
import { SchedulesService } from './schedules.service.js';

/** Schedules as people keep them; safe in both processes. */
@Module({
  imports: [DiscoveryModule, OperationsModule],
  providers: [
    BellDoctor,
    ComingTicksRepository,
    ScheduleBells,
    ScheduleClock,
    ScheduleKinds,
    ScheduleRepository,
    ScheduleRules,
    SchedulesFacade,
    SchedulesService,
    ScheduleTickRepository,
  ],
  exports: [
    BellDoctor,
    ScheduleBells,
    ScheduleClock,
    ScheduleKinds,
    SchedulesFacade,
    SchedulesService,
    ScheduleTickRepository,
  ],
})
export class SchedulesModule {}
