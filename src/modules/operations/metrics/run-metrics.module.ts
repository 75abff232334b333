import { Module } from '@nestjs/common';
import { MetricsModule } from '../../../platform/metrics/metrics.module.js';
import { RunGauges } from './run-gauges.js';
import { RunMetrics } from './run-metrics.js';

/** The engine's instruments; inside operations only. */
@Module({ imports: [MetricsModule], providers: [RunMetrics, RunGauges], exports: [RunMetrics] })
export class RunMetricsModule {}
