import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { MetricsController } from '../metrics/metrics.controller.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { HealthController } from './health.controller.js';
import { ReadinessModule } from './health/readiness.module.js';

/** The probes and metrics of the API process. */
@Module({ imports: [ReadinessModule, MetricsModule], controllers: [HealthController, MetricsController] })
export class HealthModule implements BeforeApplicationShutdown {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** `ready` says no by now and the listener still stands: whoever routes here has this long to see it. */
  async beforeApplicationShutdown(): Promise<void> {
    await sleep(this.settings.telemetry.drainMs);
  }
}
