import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { ConfigModule } from '../../../src/platform/config/config.module.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import { DatabaseModule } from '../../../src/platform/database/database.module.js';
import { MetricsModule } from '../../../src/platform/metrics/metrics.module.js';
import { JobTransport } from '../../../src/platform/queue/job-transport.js';
import { QueueModule } from '../../../src/platform/queue/queue.module.js';
import { eventually } from '../../support/eventually.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Jobs are removed when they are done, so that their table is mostly empty, and mostly known to be: BullMQ's functions are
// planned over nothing, and then comes a backlog.

const QUEUE = 'backlog';
/** More than a connection needs to plan the functions for good. */
const FIRST = 60;
const BACKLOG = 1_000;

let server: TestDatabase;

beforeAll(async () => {
  server = await createTestDatabase();
  await server.database.query('ALTER TABLE bullmq.job SET (autovacuum_enabled = false)');
  await server.database.query('ANALYZE bullmq.job');
});
afterAll(() => server?.close());

it('works a backlog off without reading all of it for each job', async () => {
  const testing = await Test.createTestingModule({
    imports: [ConfigModule, DatabaseModule, MetricsModule, QueueModule],
  })
    .overrideProvider(SETTINGS)
    .useValue(testSettings(server.url))
    .compile();
  testing.useLogger(false);
  await testing.init();
  const transport = testing.get(JobTransport);
  const ring = (from: number, to: number): Promise<unknown> =>
    Promise.all(
      Array.from({ length: to - from }, (_, n) => transport.ring(QUEUE, [{ runId: String(from + n), seq: 1 }])),
    );
  let heard = 0;
  let release = (): void => undefined;
  const backlogWaits = new Promise<void>((resolve) => (release = resolve));
  await transport.listen(QUEUE, 2, async () => {
    heard += 1;
    if (heard > FIRST) await backlogWaits;
  });
  await ring(0, FIRST);
  await eventually(async () => heard >= FIRST || undefined);
  for (let from = FIRST; from < FIRST + BACKLOG; from += 50) await ring(from, from + 50);
  release();
  await eventually(async () => heard >= FIRST + BACKLOG || undefined);
  await testing.close();

  // A connection tells what it has read when it ends.
  const read = await eventually(async () => {
    const [row] = await server.database.query<{ removed: number; read: number }>(
      `SELECT n_tup_del::int AS removed, seq_tup_read::int AS read FROM pg_stat_user_tables
       WHERE schemaname = 'bullmq' AND relname = 'job'`,
    );
    return row !== undefined && row.removed >= FIRST + BACKLOG - 10 ? row.read : undefined;
  });
  expect(read).toBeLessThan(10 * BACKLOG);
});
