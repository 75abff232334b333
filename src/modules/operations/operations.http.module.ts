import { Module } from '@nestjs/common';
import { LiveHttpModule } from '../../platform/live/live.http.module.js';
import { OperationsController } from './http/operations.controller.js';
import { RunControlController } from './http/run-control.controller.js';
import { RunDurationsController } from './http/run-durations.controller.js';
import { RunItemsCsvController } from './http/run-items-csv.controller.js';
import { RunTypesController } from './http/run-types.controller.js';
import { StreamController } from './http/stream.controller.js';
import { RunFeedRepository } from './live/run-feed.repository.js';
import { RunTopic } from './live/run.topic.js';
import { OperationsModule } from './operations.module.js';

@Module({
  imports: [OperationsModule, LiveHttpModule],
  controllers: [
    RunTypesController,
    RunDurationsController,
    OperationsController,
    RunItemsCsvController,
    RunControlController,
    StreamController,
  ],
  providers: [RunFeedRepository, RunTopic],
})
export class OperationsHttpModule {}
