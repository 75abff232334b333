import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OverviewClock } from '../../../src/modules/overview/overview-clock.js';
import type { OverviewDto } from '../../../src/modules/overview/http/overview.dto.js';
import { RunRecoveryRepository } from '../../../src/modules/operations/data/run-recovery.repository.js';
import { BackupSetItemRepository } from '../../../src/modules/backup-sets/data/backup-set-item.repository.js';
import { BackupSetRepository } from '../../../src/modules/backup-sets/data/backup-set.repository.js';
import { FindingRepository } from '../../../src/modules/drift/data/finding.repository.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { readingOf, SyncedInventory, unreadable } from '../drift/synced-inventory.js';
import { MonitoringApp, type Member } from '../operations/monitoring-app.js';
import { seedRuns, type SeededRuns } from '../operations/seeded-runs.js';

const NO_RUNS = { succeeded: 0, partiallySucceeded: 0, failed: 0, cancelled: 0 };

async function overviewOf(member: Member): Promise<OverviewDto> {
  return (await member.get('/overview').expect(200)).body as OverviewDto;
}

function compliance(id: string): Record<string, unknown> {
  return { '@odata.type': '#microsoft.graph.windows10CompliancePolicy', id, displayName: `Policy ${id}` };
}

function finding(fingerprint: string, severity: 'low' | 'medium' | 'high') {
  return {
    kind: 'policy.changed' as const,
    severity,
    subjectType: 'deviceCompliancePolicy',
    subjectExternalId: fingerprint,
    subjectName: `Finding ${fingerprint}`,
    policyId: '1',
    beforeVersionId: '1',
    afterVersionId: '2',
    fingerprint: fingerprint.repeat(64),
    evidence: { changes: [] },
  };
}

describe('the overview over HTTP', () => {
  let app: MonitoringApp;
  let seeded: SeededRuns;
  let reader: Member;

  beforeAll(async () => {
    app = await MonitoringApp.start();
    reader = app.contoso.Readonly;
  }, 120_000);
  afterAll(async () => {
    seeded?.release();
    await app?.close();
  });

  it('shows a tenant in which nothing happened as one in which nothing is known', async () => {
    const overview = await overviewOf(reader);
    expect(overview).toMatchObject({
      connection: null,
      lastSync: null,
      policies: 0,
      drift: { open: 0, openBySeverity: { high: 0, medium: 0, low: 0 }, lastComparison: null },
      backups: { hasSets: false, hasPolicies: false, lastComplete: null },
      activeRuns: [],
      schedules: [],
    });
    expect(overview.drift.missing).toMatch(/no finished inventory sync yet/);
    expect(overview.trend).toHaveLength(30);
    for (const day of overview.trend) {
      expect(day).toMatchObject({ runs: NO_RUNS, openFindings: null, policies: null });
    }
    const days = overview.trend.map(({ day }) => day);
    expect(days).toEqual([...days].sort());
    expect(days.at(-1)).toBe(new OverviewClock().now().toISOString().slice(0, 10));
  });

  it('counts the runs of a day by outcome, before and after they are folded, and names those at work', async () => {
    seeded = await seedRuns(app);
    const before = await overviewOf(reader);
    // The sync has no connection to read with, so it failed; so did the broken one.
    expect(before.trend.at(-1)?.runs).toEqual({ succeeded: 1, partiallySucceeded: 1, failed: 2, cancelled: 0 });
    expect(before.trend.slice(0, -1).every(({ runs }) => JSON.stringify(runs) === JSON.stringify(NO_RUNS))).toBe(true);
    expect(before.activeRuns).toEqual([
      expect.objectContaining({ id: seeded.runs.active.id, bucket: 'Running', subject: 'Probe active' }),
    ]);
    await app.db.database.query(
      `UPDATE operation_run_total_deltas SET day = day - 3 WHERE tenant_id = $1 AND outcome = 'failed'`,
      [reader.tenantId],
    );
    await new RunRecoveryRepository(app.db.database).foldTotals();
    const after = await overviewOf(reader);
    expect(after.trend.at(-1)?.runs).toEqual({ succeeded: 1, partiallySucceeded: 1, failed: 0, cancelled: 0 });
    expect(after.trend.at(-4)?.runs).toEqual({ ...NO_RUNS, failed: 2 });
  });

  it('tells how much the last sync read, what is known, what waits for a decision, and what could be restored', async () => {
    const scope = grantTenantScope(reader.tenantId);
    const inventory = new SyncedInventory(app.db.tenantDatabase);
    const baselineRunId = await inventory.sync(scope, [
      readingOf('deviceCompliancePolicy', ['a', 'b', 'c'].map(compliance)),
    ]);
    const currentRunId = await inventory.sync(scope, [
      readingOf('deviceCompliancePolicy', ['a', 'b'].map(compliance)),
      unreadable('settingsCatalog', 'forbidden'),
    ]);
    await app.db.database.query(
      `UPDATE inventory_policies SET first_seen_at = now() - interval '5 days', removed_at = removed_at - interval '2 days'
       WHERE tenant_id = $1`,
      [reader.tenantId],
    );
    const findings = new FindingRepository(app.db.tenantDatabase);
    const comparison = { scopeKey: 'all', baselineRunId, currentRunId };
    await findings.store(scope, comparison, [finding('a', 'high'), finding('b', 'high'), finding('c', 'low')]);
    await app.db.database.query(
      `UPDATE drift_findings SET created_at = now() - interval '4 days' WHERE tenant_id = $1 AND severity = 'high'`,
      [reader.tenantId],
    );
    const { items } = (await app.contoso.Manager.get('/drift/findings?severity=high').expect(200)).body as {
      items: { id: string }[];
    };
    await app.contoso.Manager.post(`/drift/findings/${items[0]?.id ?? ''}/acknowledge`).expect(200);
    const sets = new BackupSetRepository(app.db.tenantDatabase);
    const complete = await setWith(sets, 'Complete', true);
    await setWith(sets, 'Not complete', false);
    await sets.insert(scope, { name: 'Empty', description: null, createdBy: null, createdByName: 'T' });

    const overview = await overviewOf(reader);
    expect(overview.lastSync).toMatchObject({ outcome: 'partially_succeeded', wholeTenant: true, policies: 2 });
    expect(overview.lastSync?.coverage).toMatchObject({
      words: '1 of 2 policy types were read to the end; 1 forbidden.',
      types: 2,
      byState: { read: 1, forbidden: 1, partial: 0 },
      gaps: [{ type: 'settingsCatalog', state: 'forbidden', reason: expect.stringContaining('permission') as unknown }],
    });
    expect(overview.policies).toBe(2);
    expect(overview.trend.slice(-7).map(({ policies }) => policies)).toEqual([null, 3, 3, 3, 2, 2, 2]);
    expect(overview.drift).toMatchObject({ open: 2, openBySeverity: { high: 1, medium: 0, low: 1 }, missing: null });
    expect(overview.trend.slice(-6).map(({ openFindings }) => openFindings)).toEqual([null, 2, 2, 2, 2, 2]);
    expect(overview.backups).toMatchObject({
      hasSets: true,
      hasPolicies: true,
      lastComplete: { id: complete, name: 'Complete', policies: 1 },
    });

    async function setWith(repository: BackupSetRepository, name: string, isComplete: boolean): Promise<string> {
      const { id } = await repository.insert(scope, { name, description: null, createdBy: null, createdByName: 'T' });
      const [policy] = await app.db.database.query<{ id: string; current_version_id: string }>(
        'SELECT id, current_version_id FROM inventory_policies WHERE tenant_id = $1 AND present ORDER BY id LIMIT 1',
        [reader.tenantId],
      );
      await new BackupSetItemRepository(app.db.tenantDatabase).insert(
        scope,
        { setId: id, runId: '1', options: { includeAssignments: true, includeScopeTags: true } },
        [
          {
            policyId: policy?.id ?? '',
            versionId: policy?.current_version_id ?? '',
            type: 'deviceCompliancePolicy',
            externalId: 'a',
            name: 'Policy a',
            complete: isComplete,
          },
        ],
      );
      return id;
    }
  });

  it('names the next ticks of the schedules that are on, the nearest first', async () => {
    const manager = app.contoso.Manager;
    const schedule = { kind: 'inventory.sync', timeZone: 'UTC' };
    const inHalfAYear = ((new Date().getUTCMonth() + 6) % 12) + 1; // never with the next full hour
    await manager.post('/schedules', { ...schedule, name: 'Yearly', cron: `0 0 1 ${inHalfAYear} *` }).expect(201);
    await manager.post('/schedules', { ...schedule, name: 'Hourly', cron: '0 * * * *' }).expect(201);
    await manager.post('/schedules', { ...schedule, name: 'Off', cron: '30 * * * *', enabled: false }).expect(201);
    const { schedules } = await overviewOf(reader);
    expect(schedules.map(({ name, label }) => [name, label])).toEqual([
      ['Hourly', 'Inventory sync'],
      ['Yearly', 'Inventory sync'],
    ]);
  });

  it('shows a stranger nothing of it, and his own tenant as it is', async () => {
    const foreign = app.stranger.tenantId;
    const path = `/api/v1/tenants/${foreign}/overview`;
    await app.anonymous().get(path).expect(401);
    const session = await app
      .anonymous()
      .post('/api/v1/auth/login')
      .send({ email: 'readonly@contoso.example', password: 'correct horse battery staple' })
      .expect(200);
    const cookies = (session.headers['set-cookie'] as unknown as string[]).map((cookie) => cookie.split(';')[0]);
    const denied = await app.anonymous().get(path).set('cookie', cookies.join('; ')).expect(403);
    expect(denied.body).toMatchObject({ code: 'access.denied' });
    const theirs = await overviewOf(app.stranger);
    expect(theirs).toMatchObject({
      lastSync: null,
      policies: 0,
      drift: { open: 0 },
      backups: { hasSets: false, lastComplete: null },
      activeRuns: [],
      schedules: [],
    });
    expect(theirs.trend.at(-1)?.runs).toEqual({ ...NO_RUNS, succeeded: 1 });
  });
});
