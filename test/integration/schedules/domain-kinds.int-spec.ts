import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { DirectoryModule } from '../../../src/modules/directory/directory.module.js';
import { DriftModule } from '../../../src/modules/drift/drift.module.js';
import { InventoryModule } from '../../../src/modules/inventory/inventory.module.js';
import { ScheduleKinds } from '../../../src/modules/schedules/schedule-kinds.js';
import { SchedulesService } from '../../../src/modules/schedules/schedules.service.js';
import { ScheduleTicks } from '../../../src/modules/schedules/work/schedule-ticks.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { ManualClock, startScheduler } from './scheduler.js';

// Real here: the domain modules and their run types on PostgreSQL. No worker works what is started.

describe('schedules of the domain modules', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let app: INestApplicationContext;
  let tenant: TenantRow;
  let manager: UserRow;

  beforeAll(async () => {
    db = await createTestDatabase();
    clock = new ManualClock(new Date('2026-05-12T10:00:00Z'));
    app = await startScheduler(testSettings(db.url), clock, undefined, [DirectoryModule, InventoryModule, DriftModule]);
    tenant = await aTenant(db.database);
    manager = await aMember(db.database, tenant, 'Manager');
  });
  afterAll(async () => {
    await app.close();
    await db.close();
  });

  const schedules = () => app.get(SchedulesService, { strict: false });
  const create = (kind: string, payload = {}) =>
    schedules().create(
      tenant.scope,
      { actor: manager.actor, role: 'Manager' },
      { name: kind, kind, payload, cron: '0 * * * *', timeZone: 'UTC', enabled: true },
    );

  it('are offered to a manager', () => {
    expect(app.get(ScheduleKinds, { strict: false }).list('Manager')).toEqual(
      expect.arrayContaining([
        { kind: 'directory_groups.sync', label: 'Group sync' },
        { kind: 'drift.generate', label: 'Drift comparison' },
        { kind: 'inventory.sync', label: 'Inventory sync' },
      ]),
    );
  });

  it('refuse a selection that names what is not known, where it is saved', async () => {
    await expect(create('inventory.sync', { selection: { policyTypes: ['nonsense'] } })).rejects.toMatchObject({
      code: 'inventory.unknown_policy_type',
      details: { errors: [{ field: 'payload.selection.policyTypes' }] },
    });
    await expect(create('drift.generate', { baselineRunId: '1' })).rejects.toMatchObject({
      code: 'schedules.bad_payload',
    });
  });

  it('start a sync, and note of drift that it has nothing to compare yet', async () => {
    const sync = await create('inventory.sync');
    const drift = await create('drift.generate');
    clock.set('2026-05-12T11:00:00Z');
    expect(await app.get(ScheduleTicks, { strict: false }).lookForDue()).toBe(2);
    const firing = async (id: string) => (await schedules().find(tenant.scope, id)).lastFiring;
    expect(await firing(sync.id)).toMatchObject({ result: 'started', code: null });
    expect(await firing(drift.id)).toMatchObject({
      result: 'refused',
      code: 'drift.not_enough_runs',
      reason: expect.stringContaining('Run an inventory sync'),
      runId: null,
    });
    const runs = await db.database.query('SELECT type, payload FROM operation_runs WHERE tenant_id = $1', [tenant.id]);
    expect(runs).toEqual([{ type: 'inventory.sync', payload: {} }]);
  });

  it('compare what is newest when the tick comes', async () => {
    const scopeKey = 'everything';
    const drift = await create('drift.generate', { scopeKey });
    const synced = await db.database.query<{ id: string }>(
      `INSERT INTO inventory_sync_runs (tenant_id, operation_run_id, attempt, scope_key, selection, outcome, finished_at)
       SELECT $1, n, 1, $2, '{}', 'succeeded', now() FROM generate_series(1, 3) n RETURNING id`,
      [tenant.id, scopeKey],
    );
    clock.set('2026-05-12T12:00:00Z');
    await app.get(ScheduleTicks, { strict: false }).ring(drift.id);
    const [started] = await db.database.query(
      `SELECT payload FROM operation_runs WHERE tenant_id = $1 AND type = 'drift.generate'`,
      [tenant.id],
    );
    expect(started).toEqual({ payload: { scopeKey, baselineRunId: synced[1]?.id, currentRunId: synced[2]?.id } });
  });
});
