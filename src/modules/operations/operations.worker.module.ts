import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { OperationsModule } from './operations.module.js';
import { HousekeepingLoop } from './recovery/housekeeping-loop.js';
import { SweepLoop } from './recovery/sweep-loop.js';
import { TenantHousekeeping } from './recovery/tenant-housekeeping.js';
import { RunExecutor } from './work/run-executor.js';
import { RunFinisher } from './work/run-finisher.js';
import { RunWorker } from './work/run-worker.js';
import { WorkerReadiness } from './work/worker-readiness.js';

/** The consumers of the queues; imported by the worker context only, so that the API never works a run. */
@Module({
  imports: [OperationsModule, DiscoveryModule],
  providers: [RunExecutor, RunFinisher, RunWorker, SweepLoop, TenantHousekeeping, HousekeepingLoop, WorkerReadiness],
})
export class OperationsWorkerModule {}
