import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS, type Settings } from '../config/settings.js';
import { poolOf } from '../http/postgres-pool.js';
import { HttpMetrics } from './http-metrics.js';
import { MetricsGate } from './metrics-gate.js';
import { Metrics } from './metrics.js';
import { PoolMetrics } from './pool-metrics.js';

/**
 * The instruments of the process. They count whether or not somebody may read them, which costs next to nothing; Node's
 * own, which watch the event loop and the garbage collector, are there only where somebody does.
 */
@Global()
@Module({
  providers: [Metrics, MetricsGate, HttpMetrics, PoolMetrics],
  exports: [Metrics, MetricsGate, HttpMetrics, PoolMetrics],
})
export class MetricsModule implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly pools: PoolMetrics,
    private readonly dataSource: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.pools.watch('database', () => poolOf(this.dataSource));
    if (this.settings.telemetry.metrics.kind !== 'nobody') this.metrics.watchNode();
  }
}
