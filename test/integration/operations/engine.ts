import { Module, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { IsString } from 'class-validator';
import { Injectable } from '@nestjs/common';
import { defineRunType } from '#libs/run-kit/src/run-type.js';
import { Processes, type RunContext, type RunProcessor, type WorkResult } from '#libs/run-kit/src/run-processor.js';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { NotificationsModule } from '../../../src/modules/notifications/notifications.module.js';
import { SchedulesModule } from '../../../src/modules/schedules/schedules.module.js';
import { OperationsModule } from '../../../src/modules/operations/operations.module.js';
import { OperationsWorkerModule } from '../../../src/modules/operations/operations.worker.module.js';
import { SETTINGS, type Settings } from '../../../src/platform/config/settings.js';

export class ProbePayload {
  @IsString()
  subject!: string;
}

/** A run type whose handler each test scripts. */
export const ProbeRun = defineRunType({
  kind: 'probe.work',
  payload: ProbePayload,
  label: { noun: 'Probe', doing: 'Probing', done: 'Probed', failed: 'Probing failed' },
  reasons: { 'probe.refused': 'The probe refused this item. Use another.' },
  access: 'inventory:sync',
  queue: 'probe',
  identity: (payload) => ({ subject: payload.subject }),
  subject: (payload) => ({ type: 'probe', id: payload.subject, name: `Probe ${payload.subject}` }),
  relatedLinks: ({ payload }) => [{ rel: 'probe', label: 'The probe', href: `/probes/${payload.subject}` }],
  onLeaseLost: 'requeue',
  maxAttempts: 3,
  timeoutMs: 60_000,
  limitPerTenant: 4,
});

export type Script = (payload: ProbePayload, context: RunContext) => Promise<WorkResult>;

export const done: Script = () => Promise.resolve({ stop: 'finished' });

@Processes(ProbeRun)
@Injectable()
export class ProbeProcessor implements RunProcessor<ProbePayload> {
  script: Script = done;

  work(payload: ProbePayload, context: RunContext): Promise<WorkResult> {
    return this.script(payload, context);
  }
}

@Module({ providers: [ProbeProcessor], exports: [ProbeProcessor] })
export class ProbeModule {}

/** The real engine on the real database and transport of `settings`; with `worker`, its consumers too. */
export async function startEngine(settings: Settings, options: { worker: boolean }): Promise<INestApplicationContext> {
  const testing = await Test.createTestingModule({
    imports: [
      PlatformModule,
      NotificationsModule,
      SchedulesModule,
      ProbeModule,
      ...(options.worker ? [OperationsWorkerModule] : []),
      OperationsModule,
    ],
  })
    .overrideProvider(SETTINGS)
    .useValue(settings)
    .compile();
  testing.useLogger(false);
  await testing.init();
  return testing;
}
