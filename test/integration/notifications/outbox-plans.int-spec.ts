import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { OutboxRepository } from '../../../src/modules/notifications/data/outbox.repository.js';
import { aTenant } from '../../support/builders.js';
import { insertMany, stopAutovacuum } from '../../support/many-rows.js';
import { stepsBeyond, stepsOf } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Statistics are mostly of a quiet hour, when every delivery has ended. Then a receiver is away, and many wait for it.

/** For one of them deliveries wait. */
const CHANNELS = 3;
const RUNS = 4_000;
const WANTED = 16;
const PER_CHANNEL = 2;
/** Rows that a claim may pass on or drop in any one of its steps. */
const FEW = 4 * WANTED;

let server: TestDatabase;

async function insertDeliveries(channelId: string, columns: string, values: string): Promise<void> {
  await server.database.query(
    `INSERT INTO notification_deliveries (tenant_id, channel_id, run_id, label, ${columns})
     SELECT tenant_id, $1, id, 'Probe', ${values} FROM operation_runs`,
    [channelId],
  );
}

beforeAll(async () => {
  server = await createTestDatabase();
  const { id: tenantId } = await aTenant(server.database);
  await stopAutovacuum(server.database, ['notification_deliveries']);
  await insertMany(server.database, 'operation_runs', [tenantId], RUNS);
  const channels = Array.from({ length: CHANNELS }, () => randomUUID());
  await server.database.query(
    `INSERT INTO notification_channels (tenant_id, id, kind, name, recipients, outcomes, enabled, created_by_name)
     SELECT $1, id, 'email', 'Probe', '{a@example.test}', '{all}', true, 'Somebody' FROM unnest($2::uuid[]) AS c (id)`,
    [tenantId, channels],
  );
  const [away = '', ...others] = channels;
  for (const other of others) await insertDeliveries(other, 'state, settled_at', `'delivered', now()`);
  await server.database.query('VACUUM ANALYZE notification_deliveries, notification_channels, operation_runs');
  await insertDeliveries(away, 'next_attempt_at', `now() - interval '1 hour'`);
});
afterAll(() => server?.close());

it.each(['takes some of many that wait', 'takes none where enough are under way'])(
  '%s without reading the others',
  async () => {
    const steps = await stepsOf(server, (database) => new OutboxRepository(database).claim(WANTED, PER_CHANNEL, 60));
    const read = steps.filter((step) => step['Relation Name'] === 'notification_deliveries');
    expect(read).not.toEqual([]);
    expect(stepsBeyond(FEW, read)).toEqual([]);
    const due = read.filter((step) => step['Index Name'] === 'notification_deliveries_due');
    expect(due.filter((step) => step['Actual Loops'] > 1)).toEqual([]);
    const [row] = await server.database.query<{ leased: number }>(
      'SELECT count(lease_expires_at)::int AS leased FROM notification_deliveries',
    );
    expect(row?.leased).toBe(PER_CHANNEL);
  },
);
