import { Module } from '@nestjs/common';
import { MetricsModule } from '../../metrics/metrics.module.js';
import { ReadinessModule } from './readiness.module.js';
import { WorkerListener } from './worker-listener.js';

/** The probes and metrics of the worker process. */
@Module({ imports: [ReadinessModule, MetricsModule], providers: [WorkerListener] })
export class WorkerHealthModule {}
