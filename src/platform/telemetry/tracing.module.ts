import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { startTracing, type Program, type Tracing } from './tracing.js';

const TRACING = Symbol('tracing');

/**
 * Delivers the spans of this process for as long as it runs. One for each process, because OpenTelemetry's tracer is a
 * global; the spans of work that ends while the process stops are still delivered.
 */
@Module({})
export class TracingModule implements OnApplicationShutdown {
  constructor(@Inject(TRACING) private readonly tracing: Tracing) {}

  static of(program: Program): DynamicModule {
    return {
      module: TracingModule,
      providers: [
        {
          provide: TRACING,
          inject: [SETTINGS],
          useFactory: (settings: Settings): Promise<Tracing> => startTracing(settings.telemetry, program),
        },
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.tracing.stop();
  }
}
