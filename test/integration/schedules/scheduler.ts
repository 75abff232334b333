import { Injectable, Module, type INestApplicationContext, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { IsOptional, IsString } from 'class-validator';
import { PreparesScheduled, type RunPreparation } from '#libs/run-kit/src/run-preparation.js';
import { Processes, type RunProcessor, type WorkResult } from '#libs/run-kit/src/run-processor.js';
import { defineRunType, type RunTypeSpec } from '#libs/run-kit/src/run-type.js';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { OperationsModule } from '../../../src/modules/operations/operations.module.js';
import { OperationsWorkerModule } from '../../../src/modules/operations/operations.worker.module.js';
import { ScheduleClock } from '../../../src/modules/schedules/schedule-clock.js';
import { ScheduleTimings } from '../../../src/modules/schedules/schedule-timings.js';
import { SchedulesModule } from '../../../src/modules/schedules/schedules.module.js';
import { SchedulesWorkerModule } from '../../../src/modules/schedules/schedules.worker.module.js';
import { ScheduleTicks } from '../../../src/modules/schedules/work/schedule-ticks.js';
import { SETTINGS, type Settings } from '../../../src/platform/config/settings.js';
import type { TenantScope } from '../../../src/platform/database/tenant-scope.js';
import { DomainError } from '../../../src/platform/errors/domain-error.js';

export class NotePayload {
  @IsOptional()
  @IsString()
  text?: string;
}

class PairPayload {
  @IsString()
  left!: string;

  @IsString()
  right!: string;
}

class PairRequest {
  @IsOptional()
  @IsString()
  side?: string;
}

const COMMON = {
  label: { noun: 'Probe', doing: 'Probing', done: 'Probed', failed: 'Probing failed' },
  access: 'inventory:sync',
  queue: 'probe',
  onLeaseLost: 'requeue',
  maxAttempts: 3,
  timeoutMs: 60_000,
  limitPerTenant: 4,
} as const satisfies Partial<RunTypeSpec<object>>;

/** Scheduled as it is. */
export const NoteRun = defineRunType({
  ...COMMON,
  kind: 'probe.note',
  payload: NotePayload,
  identity: ({ text = '' }) => ({ text }),
  schedule: { request: NotePayload },
});

/** Its payload is made at each tick. */
export const PairRun = defineRunType({
  ...COMMON,
  kind: 'probe.pair',
  payload: PairPayload,
  reasons: { 'probe.not_ready': 'There is no pair yet. Wait for one.' },
  identity: ({ left, right }) => ({ left, right }),
  schedule: { request: PairRequest },
});

/** Only a person starts it. */
export const ByHandRun = defineRunType({
  ...COMMON,
  kind: 'probe.by_hand',
  payload: NotePayload,
  identity: () => ({}),
});

/** Only an owner may start it. */
export const OwnerRun = defineRunType({
  ...COMMON,
  kind: 'probe.owner',
  payload: NotePayload,
  access: 'connection:write',
  identity: () => ({}),
  schedule: { request: NotePayload },
});

/** Holds the runs back while `open` is false. */
@Injectable()
export class Gate {
  private waiting: (() => void)[] = [];
  private open = true;

  close(): void {
    this.open = false;
  }

  release(): void {
    this.open = true;
    for (const go of this.waiting.splice(0)) go();
  }

  pass(): Promise<void> {
    return this.open ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }
}

abstract class GatedProcessor implements RunProcessor<object> {
  constructor(private readonly gate: Gate) {}

  async work(): Promise<WorkResult> {
    await this.gate.pass();
    return { stop: 'finished' };
  }
}

@Processes(NoteRun)
@Injectable()
class NoteProcessor extends GatedProcessor {
  constructor(gate: Gate) {
    super(gate);
  }
}

@Processes(PairRun)
@Injectable()
class PairProcessor extends GatedProcessor {
  constructor(gate: Gate) {
    super(gate);
  }
}

@Processes(ByHandRun)
@Injectable()
class ByHandProcessor extends GatedProcessor {
  constructor(gate: Gate) {
    super(gate);
  }
}

@Processes(OwnerRun)
@Injectable()
class OwnerProcessor extends GatedProcessor {
  constructor(gate: Gate) {
    super(gate);
  }
}

@PreparesScheduled(PairRun)
@Injectable()
export class PairPreparation implements RunPreparation<PairRequest, PairPayload, TenantScope> {
  /** What the next tick meets. */
  next: PairPayload | Error = { left: 'a', right: 'b' };

  check(_scope: TenantScope, { side }: PairRequest): Promise<void> {
    if (side === 'nowhere') throw new DomainError('probe.unknown_side', 'unprocessable', 'That side is not known.');
    return Promise.resolve();
  }

  prepare(): Promise<PairPayload> {
    return this.next instanceof Error ? Promise.reject(this.next) : Promise.resolve(this.next);
  }
}

@Module({
  providers: [Gate, NoteProcessor, PairProcessor, ByHandProcessor, OwnerProcessor, PairPreparation],
  exports: [Gate, PairPreparation],
})
export class ScheduledProbesModule {}

/** Fires when it is told to. */
@Module({ imports: [OperationsModule, SchedulesModule], providers: [ScheduleTicks, ScheduleTimings] })
class TicksByHandModule {}

export class ManualClock extends ScheduleClock {
  constructor(private time: Date) {
    super();
  }

  override now(): Date {
    return this.time;
  }

  set(time: string): void {
    this.time = new Date(time);
  }
}

/**
 * The scheduler and the run engine with its workers, on the real database and transport of `settings`; `byItself` hears
 * bells and looks by itself, at its intervals. `modules` bring the kinds.
 */
export async function startScheduler(
  settings: Settings,
  clock: ScheduleClock,
  byItself?: Partial<ScheduleTimings>,
  modules: Type[] = [ScheduledProbesModule, OperationsWorkerModule],
): Promise<INestApplicationContext> {
  const testing = await Test.createTestingModule({
    imports: [PlatformModule, ...modules, byItself ? SchedulesWorkerModule : TicksByHandModule],
  })
    .overrideProvider(SETTINGS)
    .useValue(settings)
    .overrideProvider(ScheduleClock)
    .useValue(clock)
    .overrideProvider(ScheduleTimings)
    .useValue({ ...new ScheduleTimings(), ...byItself })
    .compile();
  testing.useLogger(false);
  return testing.init();
}
