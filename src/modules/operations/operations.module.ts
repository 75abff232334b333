import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { RunListRepository } from './data/run-list.repository.js';
import { RunStartsRepository } from './data/run-starts.repository.js';
import { RunWorkRepository } from './data/run-work.repository.js';
import { FailureCatalogue } from './failures/failure-catalogue.js';
import { MonitoringService } from './monitoring.service.js';
import { OperationRunService } from './operation-run.service.js';
import { RunRegistry } from './registry/run-registry.js';
import { RunDispatcher } from './run-dispatcher.js';
import { RunRecords } from './run-records.js';
import { RunCompletion } from './work/run-completion.js';

/** The run engine without its consumers; safe in both processes. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    FailureCatalogue,
    MonitoringService,
    OperationRunService,
    RunCompletion,
    RunDispatcher,
    RunListRepository,
    RunRecords,
    RunRegistry,
    RunStartsRepository,
    RunWorkRepository,
  ],
  exports: [FailureCatalogue, MonitoringService, OperationRunService, RunCompletion, RunRegistry, RunWorkRepository],
})
export class OperationsModule {}
