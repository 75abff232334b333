import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Server } from 'node:http';
import request from 'supertest';
import { FindingRepository } from '../../../src/modules/drift/data/finding.repository.js';
import { DriftService } from '../../../src/modules/drift/drift.service.js';
import { FindingsService } from '../../../src/modules/drift/findings.service.js';
import { DriftController } from '../../../src/modules/drift/http/drift.controller.js';
import { LastComparisonLookup } from '../../../src/modules/drift/last-comparison.js';
import { InventoryFacade } from '../../../src/modules/inventory/inventory.facade.js';
import { OperationsFacade } from '../../../src/modules/operations/operations.facade.js';
import { OperationRunService } from '../../../src/modules/operations/operation-run.service.js';
import type { AccessRequest } from '../../../src/platform/access/access.decorator.js';
import { AuditTrail } from '../../../src/platform/audit/audit-trail.js';
import { TenantDatabase } from '../../../src/platform/database/database.js';
import { ProblemFilter } from '../../../src/platform/errors/problem.filter.js';
import { RequestValidation } from '../../../src/platform/http/validation.js';
import { aMember, aTenant, syncRunsOf, type TenantRow } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

/** The controller on real HTTP and PostgreSQL; who may call it is tested where access is. */
describe('the drift API', () => {
  let db: TestDatabase;
  let app: INestApplication<Server>;
  let tenant: TenantRow;
  let findingId: string;
  const syncRuns: { id: string; scopeKey: string; outcome: string; finishedAt: string; coverage: unknown[] }[] = [];
  const started: unknown[] = [];
  const completed: object[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    tenant = await aTenant(db.database);
    const user = await aMember(db.database, tenant, 'Manager');
    const inventory = {
      defaultScopeKey: () => 'all',
      holdSyncRuns: async () => true,
      syncRuns: async (...[, , { limit, before }]: Parameters<InventoryFacade['syncRuns']>) =>
        syncRuns.filter(({ id }) => before == null || Number(id) < Number(before)).slice(0, limit),
      syncRun: async (_: unknown, id: string) => syncRuns.find((run) => run.id === id),
    };
    const links = { self: '/api/v1/tenants/t/operations/5', ui: '/', related: [] };
    const operations = {
      start: async (...[, , type, payload]: unknown[]) => {
        started.push({ type: (type as { kind: string }).kind, payload });
        return { run: { id: '5' }, created: true, links };
      },
    };
    const module = await Test.createTestingModule({
      controllers: [DriftController],
      providers: [
        DriftService,
        FindingsService,
        FindingRepository,
        LastComparisonLookup,
        AuditTrail,
        { provide: TenantDatabase, useValue: db.tenantDatabase },
        { provide: InventoryFacade, useValue: inventory },
        { provide: OperationRunService, useValue: operations },
        { provide: OperationsFacade, useValue: { completedRuns: async () => completed } },
      ],
    }).compile();
    app = module.createNestApplication<INestApplication<Server>>();
    app.use((incoming: AccessRequest, _: unknown, next: () => void) => {
      incoming.user = { userId: user.id, name: user.name, email: user.email };
      incoming.memberAccess = { scope: tenant.scope, role: 'Manager' };
      next();
    });
    app.useGlobalPipes(new RequestValidation());
    app.useGlobalFilters(new ProblemFilter());
    await app.init();
    await syncRunsOf(db.database, tenant, ['1', '2']);
    await module
      .get(FindingRepository)
      .store(tenant.scope, { scopeKey: 'all', baselineRunId: '1', currentRunId: '2' }, [
        {
          kind: 'policy.added',
          severity: 'medium',
          subjectType: 'settingsCatalog',
          subjectExternalId: 'x',
          subjectName: 'X',
          policyId: '1',
          beforeVersionId: null,
          afterVersionId: '1',
          fingerprint: 'a'.repeat(64),
          evidence: {
            changes: Array.from({ length: 30 }, (_, at) => ({
              path: `settings/s${at}`,
              before: 'b'.repeat(1_000),
              after: at,
              change: 'changed',
            })),
            omittedChanges: 4,
          },
        },
      ]);
    const [finding] = (await module.get(FindingsService).list(tenant.scope, {}, { limit: 1 })).items;
    findingId = finding?.id ?? '';
  });
  afterAll(async () => {
    await app.close();
    await db.close();
  });

  const path = (rest: string): string => `/tenants/${tenant.id}/drift/${rest}`;
  const get = (rest: string) => request(app.getHttpServer()).get(path(rest));
  const post = (rest: string, body: object = {}) => request(app.getHttpServer()).post(path(rest)).send(body);

  it('refuses to generate without two sync runs, and its status says why', async () => {
    const refused = await post('generate');
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'drift.not_enough_runs', detail: expect.stringContaining('two') });
    const { body } = await get('status').expect(200);
    expect(body).toMatchObject({ scopeKey: 'all', ready: false, syncRuns: 0, missing: refused.body.detail });
  });

  it('answers 202 with the run', async () => {
    const run = { scopeKey: 'all', outcome: 'succeeded', finishedAt: '2026-01-01T00:00:00.000Z', coverage: [] };
    syncRuns.push({ id: '2', ...run }, { id: '1', ...run });
    const answer = await post('generate').expect(202);
    expect(answer.headers.location).toBe('/api/v1/tenants/t/operations/5');
    expect(answer.body).toMatchObject({ run: { id: '5' }, created: true });
    expect(started).toEqual([
      { type: 'drift.generate', payload: { scopeKey: 'all', baselineRunId: '1', currentRunId: '2' } },
    ]);
  });

  it('says whether drift ever ran, and when', async () => {
    expect((await get('status').expect(200)).body.lastComparison).toBeNull();
    const context = { scopeKey: 'all', baselineRunId: '1', currentRunId: '2', newFindings: 3 };
    completed.push({ id: '5', outcome: 'succeeded', context, completedAt: '2026-01-02T00:00:00.000Z' });
    expect((await get('status').expect(200)).body.lastComparison).toEqual({
      runId: '5',
      outcome: 'succeeded',
      at: '2026-01-02T00:00:00.000Z',
      baselineRunId: '1',
      currentRunId: '2',
      newFindings: 3,
    });
    expect((await get('status?scopeKey=other').expect(200)).body.lastComparison).toBeNull();
  });

  it('shows the beginning of the evidence on a list, and all of it on the finding', async () => {
    const [listed] = (await get('findings').expect(200)).body.items;
    const { body: whole } = await get(`findings/${findingId}`).expect(200);
    expect(whole.changeCount).toBe(34);
    expect(whole.evidence.changes).toHaveLength(30);
    expect(whole.evidence).not.toHaveProperty('truncated');
    expect(listed.changeCount).toBe(34);
    expect(listed.evidence).toMatchObject({ truncated: true, omittedChanges: 24 });
    expect(listed.evidence.changes).toHaveLength(10);
    expect(listed.evidence.changes[9]).toMatchObject({ path: 'settings/s9', after: 9, change: 'changed' });
    expect(JSON.stringify(listed).length).toBeLessThan(10_000);
    expect({ ...listed, evidence: null }).toEqual({ ...whole, evidence: null });
  });

  it('refuses runs that are unknown or do not go together', async () => {
    expect((await post('generate', { baselineRunId: 'x' })).body).toMatchObject({ status: 403, code: 'access.denied' });
    expect((await post('generate', { baselineRunId: '77' })).body).toMatchObject({
      status: 403,
      code: 'access.denied',
    });
    expect((await post('generate', { baselineRunId: '2' })).body).toMatchObject({
      status: 422,
      code: 'drift.runs_not_comparable',
      errors: [{ field: 'baselineRunId' }],
    });
    await post('generate', { scopeKey: 5 }).expect(422);
  });

  it('lists by several values and refuses values that do not exist', async () => {
    const found = await get('findings?kind=policy.added,policy.removed&status=new,&severity=medium').expect(200);
    expect(found.body).toMatchObject({ items: [{ id: findingId, kind: 'policy.added' }], nextCursor: null });
    expect((await get('findings?kind=policy.removed').expect(200)).body).toEqual({ items: [], nextCursor: null });
    expect((await get('findings?baselineRunId=1&currentRunId=2').expect(200)).body.items).toHaveLength(1);
    for (const query of ['kind=nonsense', 'status=new,old', 'severity=11', 'limit=101', 'baselineRunId=x', 'who=me']) {
      const refused = await get(`findings?${query}`).expect(422);
      expect(refused.body).toMatchObject({ code: 'request.invalid' });
      expect(refused.body.errors[0]).toMatchObject({ field: query.split('=')[0] });
    }
  });

  it('shows and acknowledges a finding, and denies an unknown one', async () => {
    await get(`findings/${findingId}`).expect(200);
    const reason = 'Agreed in change 4711';
    await post(`findings/${findingId}/acknowledge`, { reason: 'x'.repeat(501) }).expect(422);
    const done = await post(`findings/${findingId}/acknowledge`, { reason: ` ${reason} ` }).expect(200);
    expect(done.body).toMatchObject({ id: findingId, status: 'acknowledged', acknowledgedReason: reason });
    const again = await post(`findings/${findingId}/acknowledge`).expect(200);
    expect(again.body).toMatchObject({ acknowledgedReason: reason });
    const bulk = await post('findings/acknowledge', { ids: [findingId] }).expect(200);
    expect(bulk.body).toEqual({ acknowledged: 0, unchanged: 1 });
    await get('findings/0').expect(403);
    await get('findings/999999').expect(403);
    await post('findings/999999/acknowledge').expect(403);
    await post('findings/acknowledge', { ids: [findingId, '999999'] }).expect(403);
    await post('findings/acknowledge', { ids: [] }).expect(422);
  });
});
