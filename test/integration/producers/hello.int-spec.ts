import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { performRun } from '#libs/run-kit/testing/perform-run.js';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { MonitoringService } from '../../../src/modules/operations/monitoring.service.js';
import { OperationRunService, type RunView } from '../../../src/modules/operations/operation-run.service.js';
import { OperationsWorkerModule } from '../../../src/modules/operations/operations.worker.module.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import { ProducersModule } from '../../../src/producers/producers.module.js';
import { SayHelloProcessor } from '../../fixtures/producers/hello/say-hello.processor.js';
import { SayHello, SayHelloRun } from '../../fixtures/producers/hello/say-hello.run-type.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { eventually } from '../../support/eventually.js';

// Real here: PostgreSQL, discovery from a folder, the engine. The producer is the README's.

const ROOT = path.resolve(import.meta.dirname, '../../..');
const PRODUCERS = path.join(ROOT, 'test/fixtures/producers');

describe("the README's producer", () => {
  let db: TestDatabase;
  let worker: INestApplicationContext;
  let tenant: TenantRow;
  let user: UserRow;

  beforeAll(async () => {
    db = await createTestDatabase();
    const testing = await Test.createTestingModule({
      imports: [PlatformModule, ProducersModule.discover(PRODUCERS), OperationsWorkerModule],
    })
      .overrideProvider(SETTINGS)
      .useValue(testSettings(db.url))
      .compile();
    testing.useLogger(false);
    worker = await testing.init();
    tenant = await aTenant(db.database);
    user = await aMember(db.database, tenant);
  });
  afterAll(async () => {
    await worker?.close();
    await db?.close();
  });

  async function worked(to: string): Promise<RunView> {
    const runs = worker.get(OperationRunService, { strict: false });
    const { run } = await runs.start(tenant.scope, user.actor, SayHelloRun, { to });
    return eventually(async () => {
      const found = await worker.get(MonitoringService, { strict: false }).find(tenant.scope, run.id);
      return found.status === 'completed' ? found : undefined;
    });
  }

  it('is found in its folder, and its runs are worked', async () => {
    await expect(worked('Ada')).resolves.toMatchObject({
      label: 'Greeting',
      outcome: 'succeeded',
      summaryCounts: { success: 1 },
    });
  });

  it('ends by performRun as it ends by the engine', async () => {
    const byEngine = await worked('nobody');
    const performed = await performRun(SayHelloRun, new SayHelloProcessor(), { to: 'nobody' });
    expect(performed.failureSummary).toEqual([
      { code: 'hello.nobody', message: 'There is nobody to greet. Name a person.', count: 1 },
    ]);
    expect(performed).toMatchObject({
      outcome: byEngine.outcome,
      counts: byEngine.summaryCounts,
      failureSummary: byEngine.failureSummary,
    });
  });

  it('refuses a payload that is not valid, as the start does', async () => {
    const given = {} as SayHello;
    await expect(performRun(SayHelloRun, new SayHelloProcessor(), given)).rejects.toThrow('invalid payload: to');
    const start = worker
      .get(OperationRunService, { strict: false })
      .start(tenant.scope, user.actor, SayHelloRun, given);
    await expect(start).rejects.toMatchObject({ code: 'operations.invalid_payload' });
  });

  it.each(['say-hello.run-type.ts', 'say-hello.processor.ts', 'hello.producer.ts'])(
    'stands in the README word for word: %s',
    async (file) => {
      const readme = await readFile(path.join(ROOT, 'README.md'), 'utf8');
      const [, shown] = new RegExp(`\`\`\`ts\\n// ${file}\\n([^]*?)\`\`\``).exec(readme) ?? [];
      expect(shown).toBe(await readFile(path.join(PRODUCERS, 'hello', file), 'utf8'));
    },
  );
});
