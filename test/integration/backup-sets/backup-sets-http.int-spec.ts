import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Server } from 'node:http';
import request from 'supertest';
import { BackupSetsService } from '../../../src/modules/backup-sets/backup-sets.service.js';
import { BackupSetItemRepository } from '../../../src/modules/backup-sets/data/backup-set-item.repository.js';
import { BackupSetRepository } from '../../../src/modules/backup-sets/data/backup-set.repository.js';
import { BackupSetsController } from '../../../src/modules/backup-sets/http/backup-sets.controller.js';
import { OperationRunService } from '../../../src/modules/operations/operation-run.service.js';
import type { AccessRequest } from '../../../src/platform/access/access.decorator.js';
import { AuditTrail } from '../../../src/platform/audit/audit-trail.js';
import { TenantDatabase } from '../../../src/platform/database/database.js';
import { ProblemFilter } from '../../../src/platform/errors/problem.filter.js';
import { RequestValidation } from '../../../src/platform/http/validation.js';
import { aMember, aTenant, type TenantRow } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

/** The controller on real HTTP and PostgreSQL; who may call it is tested where access is. */
describe('the backup sets API', () => {
  let db: TestDatabase;
  let app: INestApplication<Server>;
  let tenant: TenantRow;
  const started: unknown[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    tenant = await aTenant(db.database);
    const user = await aMember(db.database, tenant);
    const links = { self: '/api/v1/tenants/t/operations/5', ui: '/', related: [] };
    const operations = {
      start: async (...[, , , payload]: unknown[]) => {
        started.push(payload);
        return { run: { id: '5' }, created: true, links };
      },
    };
    const module = await Test.createTestingModule({
      controllers: [BackupSetsController],
      providers: [
        BackupSetsService,
        BackupSetRepository,
        BackupSetItemRepository,
        AuditTrail,
        { provide: TenantDatabase, useValue: db.tenantDatabase },
        { provide: OperationRunService, useValue: operations },
      ],
    }).compile();
    app = module.createNestApplication<INestApplication<Server>>();
    app.use((incoming: AccessRequest, _: unknown, next: () => void) => {
      incoming.user = { userId: user.id, name: user.name, email: user.email };
      incoming.memberAccess = { scope: tenant.scope, role: 'Operator' };
      next();
    });
    app.useGlobalPipes(new RequestValidation());
    app.useGlobalFilters(new ProblemFilter());
    await app.init();
  });
  afterAll(async () => {
    await app.close();
    await db.close();
  });

  const path = (rest: string): string => `/tenants/${tenant.id}/backup-sets${rest}`;
  const get = (rest = '') => request(app.getHttpServer()).get(path(rest));
  const post = (rest: string, body: object) => request(app.getHttpServer()).post(path(rest)).send(body);

  it('makes, lists and shows a set', async () => {
    const made = await post('', { name: '  Before change  ' }).expect(201);
    expect(made.body).toMatchObject({ name: 'Before change', description: null, itemCount: 0, complete: false });
    expect((await get().expect(200)).body).toEqual({ items: [made.body], nextCursor: null });
    expect((await get(`/${made.body.id}`).expect(200)).body).toEqual(made.body);
    expect((await get(`/${made.body.id}/items`).expect(200)).body).toEqual({ items: [], nextCursor: null });
  });

  it.each([{}, { name: '   ' }, { name: 'x'.repeat(201) }, { name: 5 }, { name: null }, { name: 'a\0b' }])(
    'refuses the name of %j, and makes nothing',
    async (body) => {
      const before = (await get()).body.items.length as number;
      const refused = await post('', body).expect(422);
      expect(refused.body).toMatchObject({ code: 'request.invalid' });
      expect(refused.body.errors[0]).toMatchObject({ field: 'name' });
      expect((await get()).body.items).toHaveLength(before);
    },
  );

  it('starts adding policies with everything kept unless left out', async () => {
    const { id } = (await post('', { name: 'set' })).body as { id: string };
    const answer = await post(`/${id}/policies`, { policyIds: ['1', '2', '1', 'x'] }).expect(202);
    expect(answer.headers.location).toBe('/api/v1/tenants/t/operations/5');
    await post(`/${id}/policies`, { policyIds: ['1'], options: { includeScopeTags: false } }).expect(202);
    const set = { backupSetId: id, backupSetName: 'set' };
    expect(started).toEqual([
      { ...set, policyIds: ['1', '2', 'x'], options: { includeAssignments: true, includeScopeTags: true } },
      { ...set, policyIds: ['1'], options: { includeAssignments: true, includeScopeTags: false } },
    ]);
    for (const body of [
      {},
      { policyIds: [] },
      { policyIds: [1] },
      { policyIds: '1' },
      { policyIds: Array.from({ length: 5_001 }, (_, at) => String(at)) },
      { policyIds: ['1'], options: { includeAssignments: 'yes' } },
    ]) {
      expect((await post(`/${id}/policies`, body)).status).toBe(422);
    }
    expect(started).toHaveLength(2);
  });

  it('denies a set that is unknown', async () => {
    for (const rest of ['/999999', '/abc', '/999999/items']) await get(rest).expect(403);
    await post('/999999/policies', { policyIds: ['1'] }).expect(403);
  });
});
