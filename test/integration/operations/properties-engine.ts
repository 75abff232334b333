import { Injectable, Module, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { IsString } from 'class-validator';
import { DataSource } from 'typeorm';
import { Processes, type RunContext, type RunProcessor, type WorkResult } from '#libs/run-kit/src/run-processor.js';
import { defineRunType, type RunTypeSpec } from '#libs/run-kit/src/run-type.js';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { NotificationsModule } from '../../../src/modules/notifications/notifications.module.js';
import { OperationsModule } from '../../../src/modules/operations/operations.module.js';
import { RunExecutor } from '../../../src/modules/operations/work/run-executor.js';
import { RunFinisher } from '../../../src/modules/operations/work/run-finisher.js';
import { RunTaker } from '../../../src/modules/operations/work/run-taker.js';
import { ConfigModule } from '../../../src/platform/config/config.module.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { Database } from '../../../src/platform/database/database.js';
import { MetricsModule } from '../../../src/platform/metrics/metrics.module.js';
import { JobTransport } from '../../../src/platform/queue/job-transport.js';
import { QueueModule } from '../../../src/platform/queue/queue.module.js';
import { TransportInspector } from '../../../src/platform/queue/transport-inspector.js';
import { ConnectionFaults } from '../../support/faulty-data-source.js';
import { FaultyJobTransport } from '../../support/faulty-job-transport.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

export const QUEUE = 'property';

class SubjectPayload {
  @IsString()
  subject!: string;
}

const COMMON = {
  payload: SubjectPayload,
  label: { noun: 'Probe', doing: 'Probing', done: 'Probed', failed: 'Probing failed' },
  reasons: { 'property.refused': 'The probe refused this item. Use another.' },
  access: 'inventory:sync',
  queue: QUEUE,
  identity: ({ subject }) => ({ subject }),
  timeoutMs: 60_000,
} as const satisfies Partial<RunTypeSpec<SubjectPayload>>;

/** Work that is repeated after a lost worker, twice at once in a tenant. */
export const AgainRun = defineRunType({
  ...COMMON,
  kind: 'property.again',
  onLeaseLost: 'requeue',
  maxAttempts: 2,
  limitPerTenant: 2,
});

/** Work that is never repeated by itself, once at a time in a tenant. */
export const OnceRun = defineRunType({
  ...COMMON,
  kind: 'property.once',
  reasons: {},
  onLeaseLost: 'fail',
  maxAttempts: 1,
  limitPerTenant: 1,
});

export const RUN_TYPES = [AgainRun, OnceRun];

/** What the handler of one claim does. */
export type Script = (context: RunContext) => Promise<WorkResult>;

/** The scripts by run; a run without one finishes with nothing to do. */
@Injectable()
class Scripts {
  readonly byRun = new Map<string, Script>();

  work(context: RunContext): Promise<WorkResult> {
    return this.byRun.get(context.runId)?.(context) ?? Promise.resolve({ stop: 'finished' });
  }
}

@Processes(AgainRun)
@Injectable()
class AgainProcessor implements RunProcessor<SubjectPayload> {
  constructor(private readonly scripts: Scripts) {}

  work(_payload: SubjectPayload, context: RunContext): Promise<WorkResult> {
    return this.scripts.work(context);
  }
}

@Processes(OnceRun)
@Injectable()
class OnceProcessor implements RunProcessor<SubjectPayload> {
  constructor(private readonly scripts: Scripts) {}

  work(_payload: SubjectPayload, context: RunContext): Promise<WorkResult> {
    return this.scripts.work(context);
  }
}

/** As many worker processes, each of which looks for work by itself. */
const TAKERS = ['first taker', 'second taker', 'third taker', 'fourth taker'];

/** The parts of a worker, without the loop that drives them. */
@Module({
  imports: [OperationsModule],
  providers: [
    Scripts,
    AgainProcessor,
    OnceProcessor,
    RunExecutor,
    RunFinisher,
    ...TAKERS.map((provide) => ({ provide, useClass: RunTaker })),
  ],
})
class WorkerPartsModule {}

/** The real engine on a real database and a real transport, both of which fail when told to. */
export interface FaultyEngine {
  db: TestDatabase;
  context: INestApplicationContext;
  transport: FaultyJobTransport;
  inspector: TransportInspector;
  connections: ConnectionFaults;
  /** One of each worker process. */
  takers: readonly RunTaker[];
  scripts: Map<string, Script>;
  close(): Promise<void>;
}

/** @param transactional whether row and ring commit together, as on PostgreSQL, or follow each other, as on Redis */
export async function startFaultyEngine(transactional: boolean): Promise<FaultyEngine> {
  const db = await createTestDatabase();
  const settings = testSettings(db.url);
  const bell = await Test.createTestingModule({ imports: [ConfigModule, DatabaseModule, MetricsModule, QueueModule] })
    .overrideProvider(SETTINGS)
    .useValue(settings)
    .compile();
  await bell.init();
  const transport = new FaultyJobTransport(bell.get(JobTransport), transactional);
  const context = await Test.createTestingModule({
    imports: [PlatformModule, NotificationsModule, OperationsModule, WorkerPartsModule],
  })
    .overrideProvider(SETTINGS)
    .useValue(settings)
    .overrideProvider(JobTransport)
    .useValue(transport)
    .compile();
  context.useLogger(false);
  await context.init();
  await openConnections(context.get(Database));
  return {
    db,
    context,
    transport,
    inspector: bell.get(TransportInspector),
    connections: new ConnectionFaults(context.get(DataSource), db.database),
    takers: TAKERS.map((taker) => context.get<RunTaker>(taker, { strict: false })),
    scripts: context.get(Scripts, { strict: false }).byRun,
    close: async () => {
      await context.close();
      await bell.close();
      await db.close();
    },
  };
}

/** With too few connections open, what is asked for at the same moment would queue for them, and never meet. */
async function openConnections(database: Database): Promise<void> {
  await Promise.all(Array.from({ length: 8 }, () => database.query('SELECT pg_sleep(0.2)')));
}
