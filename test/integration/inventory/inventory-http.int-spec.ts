import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Server } from 'node:http';
import request from 'supertest';
import { CoverageWords } from '../../../src/modules/inventory/http/coverage-words.js';
import { InventoryController } from '../../../src/modules/inventory/http/inventory.controller.js';
import type { PolicyDto, PolicyTypeDto, TypeCoverageDto } from '../../../src/modules/inventory/http/inventory.dto.js';
import { PolicyDependenciesController } from '../../../src/modules/inventory/http/policy-dependencies.controller.js';
import { PolicyFacetsRepository } from '../../../src/modules/inventory/data/policy-facets.repository.js';
import { PolicyRepository } from '../../../src/modules/inventory/data/policy.repository.js';
import { InventoryFacets } from '../../../src/modules/inventory/inventory-facets.js';
import { InventoryPages } from '../../../src/modules/inventory/inventory-pages.js';
import { InventoryService } from '../../../src/modules/inventory/inventory.service.js';
import { PolicyDependencies } from '../../../src/modules/inventory/policy-dependencies.js';
import { PolicyHistory } from '../../../src/modules/inventory/policy-history.js';
import { PolicySettingNames } from '../../../src/modules/inventory/policy-setting-names.js';
import { FailureCatalogue } from '../../../src/modules/operations/failures/failure-catalogue.js';
import { MonitoringService } from '../../../src/modules/operations/monitoring.service.js';
import { OperationsFacade } from '../../../src/modules/operations/operations.facade.js';
import { OperationRunService } from '../../../src/modules/operations/operation-run.service.js';
import type { AccessRequest } from '../../../src/platform/access/access.decorator.js';
import type { TenantScope } from '../../../src/platform/database/tenant-scope.js';
import { ProblemFilter } from '../../../src/platform/errors/problem.filter.js';
import { RequestValidation } from '../../../src/platform/http/validation.js';
import { aMember, aTenant } from '../../support/builders.js';
import { SimulatedTenant } from './simulated-tenant.js';

/** The controller on real HTTP and PostgreSQL; who may call it is tested where access is. */
describe('the inventory API', () => {
  let contoso: SimulatedTenant;
  let app: INestApplication<Server>;
  let scope: TenantScope;
  const started: unknown[] = [];

  beforeAll(async () => {
    contoso = await SimulatedTenant.start();
    await contoso.syncOnce();
    await contoso.syncOnce();
    scope = contoso.tenant.scope;
    const user = await aMember(contoso.db.database, contoso.tenant);
    const links = { self: '/api/v1/tenants/t/operations/5', ui: '/', related: [] };
    const operations = {
      start: async (...[, , , payload]: unknown[]) => {
        started.push(payload);
        return { run: { id: '5' }, created: true, links };
      },
    };
    const module = await Test.createTestingModule({
      controllers: [InventoryController, PolicyDependenciesController],
      providers: [
        CoverageWords,
        FailureCatalogue,
        OperationsFacade,
        { provide: MonitoringService, useValue: {} },
        InventoryService,
        { provide: InventoryPages, useValue: contoso.pages },
        {
          provide: InventoryFacets,
          useValue: new InventoryFacets(new PolicyFacetsRepository(contoso.db.tenantDatabase)),
        },
        { provide: PolicyHistory, useValue: new PolicyHistory(new PolicyRepository(contoso.db.tenantDatabase)) },
        { provide: PolicySettingNames, useValue: contoso.settingNames },
        { provide: PolicyDependencies, useValue: {} },
        { provide: OperationRunService, useValue: operations },
      ],
    }).compile();
    app = module.createNestApplication<INestApplication<Server>>();
    app.use((incoming: AccessRequest, _: unknown, next: () => void) => {
      incoming.user = { userId: user.id, name: user.name, email: user.email };
      incoming.memberAccess = { scope, role: 'Operator' };
      next();
    });
    app.useGlobalPipes(new RequestValidation());
    app.useGlobalFilters(new ProblemFilter());
    await app.init();
  });
  afterAll(async () => {
    await app.close();
    await contoso.close();
  });

  const get = (rest: string) => request(app.getHttpServer()).get(`/tenants/${contoso.tenant.id}/inventory${rest}`);
  const sync = (body: object) =>
    request(app.getHttpServer()).post(`/tenants/${contoso.tenant.id}/inventory/sync`).send(body);
  const everyPolicy = async (limit: number): Promise<PolicyDto[]> => {
    const found: PolicyDto[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await get(`/policies?limit=${limit}&cursor=${encodeURIComponent(cursor)}`).expect(200);
      found.push(...(body.items as PolicyDto[]));
      cursor = body.nextCursor as string | null;
    }
    return found;
  };

  it('pages the policies by name, each once', async () => {
    const all = await everyPolicy(100);
    expect(all.length).toBeGreaterThan(20);
    const paged = await everyPolicy(3);
    expect(paged).toEqual(all);
    expect(new Set(paged.map(({ id }) => id)).size).toBe(all.length);
  });

  it('filters by type and by a part of the name, taken literally', async () => {
    const all = await everyPolicy(100);
    const [some] = all.filter(({ type }) => type === 'settingsCatalog');
    const part = (some?.name ?? '').slice(2, 10).toUpperCase();
    const { body } = await get('/policies').query({ type: 'settingsCatalog', q: part }).expect(200);
    const wanted = all.filter(({ type, name, description }) => {
      return type === 'settingsCatalog' && `${name}\n${description}`.toLowerCase().includes(part.toLowerCase());
    });
    expect(body.items).toEqual(wanted);
    const two = await get('/policies').query({ type: 'settingsCatalog,deviceCompliancePolicy', limit: 100 });
    expect(two.body.items).toHaveLength(
      all.filter(({ type }) => type === 'settingsCatalog' || type === 'deviceCompliancePolicy').length,
    );
    for (const q of ['%', '_', "'", '\\']) {
      const answer = await get('/policies').query({ q, limit: 100 }).expect(200);
      expect(answer.body.items).toEqual(all.filter((policy) => `${policy.name}\n${policy.description}`.includes(q)));
    }
  });

  it('counts what the list can be narrowed to, and refuses what it cannot', async () => {
    const { body } = await get('/policies/facets').query({ platform: 'windows', category: 'Compliance' }).expect(200);
    const list = await get('/policies').query({ platform: 'windows', category: 'Compliance', limit: 100 }).expect(200);
    expect(body.total).toBe(list.body.items.length);
    expect(body.type).toEqual([{ value: 'deviceCompliancePolicy', label: expect.any(String), count: body.total }]);
    for (const wrong of [{ coverage: 'other' }, { assignment: 'maybe' }, { cursor: 'x' }, { limit: '3' }]) {
      await get('/policies/facets').query(wrong).expect(422);
    }
    await get('/policies').query({ sort: 'type' }).expect(422);
    const newest = await get('/policies').query({ sort: 'changed', limit: 1 }).expect(200);
    await get('/policies').query({ sort: 'changed', limit: 1, cursor: newest.body.nextCursor }).expect(200);
  });

  it('shows a version with what is in it, and the diff of two', async () => {
    const [policy] = (await everyPolicy(100)).filter(({ type }) => type === 'settingsCatalog');
    const address = `/policies/${policy?.id}`;
    const { body } = await get(`${address}/versions/${policy?.versionId}`).expect(200);
    expect(body).toMatchObject({ id: policy?.versionId, current: true, raw: { id: policy?.externalId } });
    const { versionId: from } = policy ?? {};
    const diff = await get(`${address}/diff`).query({ from, to: from }).expect(200);
    expect(diff.body).toMatchObject({ from: { id: from }, to: { id: from }, changes: [] });
    await get(`${address}/diff`).query({ from }).expect(422);
    for (const to of ['999999999', 'x', '0']) await get(`${address}/diff`).query({ from, to }).expect(403);
    await get(`${address}/versions/999999999`).expect(403);
    const names = await get(`${address}/setting-names`).expect(200);
    const ofVersion = await get(`${address}/setting-names`)
      .query({ version: `${from},${from}` })
      .expect(200);
    expect(ofVersion.body).toEqual(names.body);
    await get(`${address}/setting-names`).query({ version: '999999999' }).expect(403);
    await get(`${address}/setting-names`)
      .query({ version: Array(11).fill(from).join(',') })
      .expect(422);
  });

  it('shows one policy with its settings, assignments and coverage, and its versions', async () => {
    const [policy] = (await everyPolicy(100)).filter(({ type }) => type === 'settingsCatalog');
    const { body } = await get(`/policies/${policy?.id}`).expect(200);
    expect(body).toMatchObject({ ...policy, coverage: { state: 'read' }, completeness: { complete: true } });
    expect(body.settings.length).toBe(body.completeness.settingsStored);
    const versions = await get(`/policies/${policy?.id}/versions`).expect(200);
    expect(versions.body).toMatchObject({
      items: [
        { id: policy?.versionId, current: true, contentHash: body.contentHash, periods: [{ untilSyncRunId: null }] },
      ],
      nextCursor: null,
    });
  });

  it('lists the sync runs, newest first, with coverage per type', async () => {
    const { body } = await get('/sync-runs?limit=1').expect(200);
    expect(body.items).toMatchObject([{ outcome: 'succeeded', versionsWritten: 0 }]);
    expect(body.items[0].coverage).toContainEqual(expect.objectContaining({ type: 'settingsCatalog', state: 'read' }));
    const older = await get(`/sync-runs?limit=1&cursor=${body.nextCursor}`).expect(200);
    expect(older.body.nextCursor).toBeNull();
    const first = await get(`/sync-runs/${older.body.items[0].id}`).expect(200);
    expect(first.body).toEqual(older.body.items[0]);
    expect(first.body.versionsWritten).toBe(first.body.policies);
    const types = await get('/policy-types').expect(200);
    const keys = (types.body.items as PolicyTypeDto[]).map(({ key }) => key).sort();
    expect(keys).toEqual((first.body.coverage as TypeCoverageDto[]).map(({ type }) => type));
  });

  it('says in words why a type was not read', async () => {
    const match = '/deviceManagement/deviceCompliancePolicies';
    await contoso.control('PUT', '/faults', { rules: [{ match, probability: 1, status: 403 }] });
    await contoso.syncOnce();
    await contoso.control('DELETE', '/faults');
    const { body } = await get('/sync-runs?limit=1').expect(200);
    const gap = { state: 'forbidden', reasonCode: 'graph.forbidden', reason: expect.stringMatching(/permission/) };
    const coverage = body.items[0].coverage as TypeCoverageDto[];
    expect(coverage.filter(({ reason }) => reason !== undefined)).toEqual([
      { ...gap, type: 'deviceCompliancePolicy', policies: 0 },
    ]);
    const one = await get(`/sync-runs/${body.items[0].id}`).expect(200);
    expect(one.body.coverage).toEqual(coverage);
    const [policy] = (await everyPolicy(100)).filter(({ type }) => type === 'deviceCompliancePolicy');
    const detail = await get(`/policies/${policy?.id}`).expect(200);
    expect(detail.body.coverage).toMatchObject(gap);
  });

  it('starts a sync of what is asked for', async () => {
    const answer = await sync({}).expect(202);
    expect(answer.headers['location']).toBe('/api/v1/tenants/t/operations/5');
    await sync({ selection: { policyTypes: ['settingsCatalog'], includeFoundations: false } }).expect(202);
    expect(started).toEqual([{}, { selection: { policyTypes: ['settingsCatalog'], includeFoundations: false } }]);
  });

  it.each([
    [{ selection: { policyTypes: ['settingsCatalog', 'nonsense'] } }, 'inventory.unknown_policy_type'],
    [{ selection: { categories: ['Nonsense'] } }, 'inventory.unknown_category'],
    [{ selection: { policyTypes: [] } }, 'request.invalid'],
    [{ selection: { policyTypes: 'settingsCatalog' } }, 'request.invalid'],
    [{ selection: { everything: true } }, 'request.invalid'],
    [{ selection: 'all' }, 'request.invalid'],
    [{ what: 1 }, 'request.invalid'],
  ])('refuses %j', async (body, code) => {
    const before = started.length;
    const refused = await sync(body).expect(422);
    expect(refused.body.code).toBe(code);
    expect(refused.body.errors[0].field).toMatch(/^(selection|what)/);
    expect(started).toHaveLength(before);
  });

  it('denies what is unknown and what is foreign, and names a wrong cursor', async () => {
    for (const rest of ['/policies/999999', '/policies/x', '/policies/999999/versions', '/sync-runs/999999']) {
      expect((await get(rest).expect(403)).body.code).toBe('access.denied');
    }
    const [policy] = await everyPolicy(100);
    const own = scope;
    scope = (await aTenant(contoso.db.database)).scope;
    await get(`/policies/${policy?.id}`).expect(403);
    await get(`/policies/${policy?.id}/versions`).expect(403);
    expect((await get('/policies').expect(200)).body.items).toEqual([]);
    scope = own;
    const forged = Buffer.from(JSON.stringify(['a', '1; drop table tenants'])).toString('base64url');
    for (const cursor of ['nonsense', forged]) {
      expect((await get(`/policies?cursor=${cursor}`).expect(400)).body.code).toBe('request.invalid_cursor');
      expect((await get(`/sync-runs?cursor=${cursor}`).expect(400)).body.code).toBe('request.invalid_cursor');
    }
  });
});
