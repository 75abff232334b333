import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { OutboxRepository } from '../../../src/modules/notifications/data/outbox.repository.js';
import { aTenant } from '../../support/builders.js';
import { ExplainedDatabase, rowsLookedAt } from '../../support/plan.js';
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
  await server.database.query('ALTER TABLE notification_deliveries SET (autovacuum_enabled = false)');
  await server.database.query(
    `INSERT INTO operation_runs (tenant_id, initiator_name, type, run_identity_hash, payload, correlation_id, status, outcome,
       started_at, completed_at)
     SELECT $1, 'System', 'probe.work', sha256(n::text::bytea), '{}', n::text, 'completed', 'succeeded', now(), now()
     FROM generate_series(1, $2::int) n`,
    [tenantId, RUNS],
  );
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
    const database = new ExplainedDatabase(server.dataSource);
    await new OutboxRepository(database).claim(WANTED, PER_CHANNEL, 60);
    expect(database.nodes.map((node) => node['Relation Name'])).toContain('notification_deliveries');
    for (const node of database.nodes.filter((read) => read['Index Name'] === 'notification_deliveries_due'))
      expect({ ...node, Plans: undefined, once: node['Actual Loops'] <= 1 }).toMatchObject({ once: true });
    for (const node of database.nodes.filter((read) => read['Relation Name'] === 'notification_deliveries')) {
      expect({ ...node, Plans: undefined, few: rowsLookedAt(node) <= FEW }).toMatchObject({ few: true });
    }
    const [row] = await server.database.query<{ leased: number }>(
      'SELECT count(lease_expires_at)::int AS leased FROM notification_deliveries',
    );
    expect(row?.leased).toBe(PER_CHANNEL);
  },
);
