import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Processes, type RunProcessor, type WorkResult } from '#libs/run-kit/src/run-processor.js';
import { performRun } from '#libs/run-kit/testing/perform-run.js';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { MonitoringService } from '../../../src/modules/operations/monitoring.service.js';
import { OperationRunService } from '../../../src/modules/operations/operation-run.service.js';
import { OperationsWorkerModule } from '../../../src/modules/operations/operations.worker.module.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import { ProducersModule } from '../../../src/producers/producers.module.js';
import { SayHello, SayHelloProcessor, SayHelloRun } from '../../fixtures/producers/hello/hello.producer.js';
import { aMember, aTenant } from '../../support/builders.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { eventually } from './engine.js';

// Real here: PostgreSQL, discovery from a folder, the engine. The producer is the README's.

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');

@Processes(SayHelloRun)
@Injectable()
class SecondHandler implements RunProcessor<SayHello> {
  work(): Promise<WorkResult> {
    return Promise.resolve({ stop: 'finished' });
  }
}

describe('a run producer', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.close());

  async function boot(providers: (new () => unknown)[] = []): Promise<INestApplicationContext> {
    const testing = await Test.createTestingModule({
      imports: [PlatformModule, ProducersModule.discover(path.join(FIXTURES, 'producers')), OperationsWorkerModule],
      providers,
    })
      .overrideProvider(SETTINGS)
      .useValue(testSettings(db.url))
      .compile();
    testing.useLogger(false);
    return testing.init();
  }

  it('is found in its folder, and its runs are worked', async () => {
    const app = await boot();
    try {
      const tenant = await aTenant(db.database);
      const user = await aMember(db.database, tenant);
      const started = await app
        .get(OperationRunService, { strict: false })
        .start(tenant.scope, user.actor, SayHelloRun, { to: 'Ada' });
      const run = await eventually(async () => {
        const found = await app.get(MonitoringService, { strict: false }).find(tenant.scope, started.run.id);
        return found.status === 'completed' ? found : undefined;
      });
      expect(run).toMatchObject({ label: 'Greeting', outcome: 'succeeded', summaryCounts: { success: 1 } });
    } finally {
      await app.close();
    }
  });

  it('is worked by performRun without queue or database', async () => {
    const run = await performRun(SayHelloRun, new SayHelloProcessor(), { to: 'Ada' });
    expect(run).toMatchObject({ outcome: 'succeeded', items: [{ itemId: 'Ada', result: 'success' }] });
    await expect(performRun(SayHelloRun, new SayHelloProcessor(), {} as SayHello)).rejects.toThrow(
      /invalid payload: to/,
    );
  });

  it('stops the boot when a kind has two handlers', async () => {
    await expect(boot([SecondHandler])).rejects.toThrow(/"hello.say" has two handlers/);
  });

  it('stops the boot when it exports no module', async () => {
    await expect(ProducersModule.discover(path.join(FIXTURES, 'broken-producers'))).rejects.toThrow(
      /no default export/,
    );
  });
});
