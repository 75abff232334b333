import { Global, Module } from '@nestjs/common';
import { MetricsModule } from '../metrics/metrics.module.js';
import { GraphObservation } from './graph-observation.js';

/** What watches the work of both processes. */
@Global()
@Module({ imports: [MetricsModule], providers: [GraphObservation], exports: [GraphObservation] })
export class TelemetryModule {}
