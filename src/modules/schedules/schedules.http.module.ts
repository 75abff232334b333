import { Module } from '@nestjs/common';
import { SchedulesController } from './http/schedules.controller.js';
import { SchedulesModule } from './schedules.module.js';

@Module({ imports: [SchedulesModule], controllers: [SchedulesController] })
export class SchedulesHttpModule {}
