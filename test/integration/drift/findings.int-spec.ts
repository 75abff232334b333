import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { FindingRepository } from '../../../src/modules/drift/data/finding.repository.js';
import type { DetectedFinding } from '../../../src/modules/drift/finding.js';
import { FindingsService, type ListedFindingView } from '../../../src/modules/drift/findings.service.js';
import { AuditTrail } from '../../../src/platform/audit/audit-trail.js';
import { aMember, aTenant, syncRunsOf, type TenantRow, type UserRow } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const FIRST = { scopeKey: 'all', baselineRunId: '1', currentRunId: '2' };

function detected(name: string, given: Partial<DetectedFinding> = {}): DetectedFinding {
  return {
    kind: 'policy.changed',
    severity: 'medium',
    subjectType: 'settingsCatalog',
    subjectExternalId: `ext-${name}`,
    subjectName: name,
    policyId: '10',
    beforeVersionId: '100',
    afterVersionId: '101',
    fingerprint: createHash('sha256').update(name).digest('hex'),
    evidence: { changes: [{ path: 'a', settingDefinitionId: 'a', before: null, after: { x: [1] }, change: 'added' }] },
    ...given,
  };
}

describe('drift findings in PostgreSQL', () => {
  let db: TestDatabase;
  let repository: FindingRepository;
  let service: FindingsService;
  let tenant: TenantRow;
  let manager: UserRow;

  beforeAll(async () => {
    db = await createTestDatabase();
    repository = new FindingRepository(db.tenantDatabase);
    service = new FindingsService(db.tenantDatabase, repository, new AuditTrail(db.tenantDatabase));
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    tenant = await aTenant(db.database);
    await syncRunsOf(db.database, tenant, ['1', '2', '3', '9']);
    manager = await aMember(db.database, tenant, 'Manager');
  });

  const list = async (
    filter = {},
    page: { cursor?: string; limit: number } = { limit: 100 },
  ): Promise<ListedFindingView[]> => (await service.list(tenant.scope, filter, page)).items;
  const names = (findings: ListedFindingView[]): string[] => findings.map((finding) => finding.subjectName);

  it('are stored as they were found', async () => {
    const added = detected('new', { kind: 'policy.added', beforeVersionId: null, subjectName: 'Größe "1" 😀' });
    await repository.store(tenant.scope, FIRST, [added]);
    const [finding] = await list();
    expect(finding).toEqual({
      id: expect.stringMatching(/^\d+$/),
      kind: 'policy.added',
      status: 'new',
      severity: 'medium',
      subjectType: 'settingsCatalog',
      subjectExternalId: 'ext-new',
      subjectName: 'Größe "1" 😀',
      policyId: '10',
      beforeVersionId: null,
      afterVersionId: '101',
      ...FIRST,
      lastSeenRunId: '2',
      lastSeenAt: expect.any(String),
      fingerprint: added.fingerprint,
      changeCount: 1,
      evidence: added.evidence,
      actor: 'unknown',
      acknowledgedAt: null,
      acknowledgedByName: null,
      acknowledgedReason: null,
      createdAt: expect.any(String),
    });
    await expect(service.find(tenant.scope, finding?.id ?? '')).resolves.toEqual(finding);
  });

  it('are not added again, but noted as seen; a person’s decision stays', async () => {
    const findings = Array.from({ length: 250 }, (_, at) => detected(`p${at}`));
    await expect(repository.store(tenant.scope, FIRST, findings)).resolves.toEqual({ created: 250, known: 0 });
    await expect(repository.store(tenant.scope, FIRST, findings)).resolves.toEqual({ created: 0, known: 250 });
    const [last] = await list();
    await service.acknowledge(tenant.scope, manager.actor, last?.id ?? '');

    const later = { ...FIRST, currentRunId: '9' };
    await expect(repository.store(tenant.scope, later, findings)).resolves.toEqual({ created: 0, known: 250 });
    await expect(repository.store(tenant.scope, FIRST, findings)).resolves.toEqual({ created: 0, known: 250 });
    await expect(service.find(tenant.scope, last?.id ?? '')).resolves.toMatchObject({
      status: 'acknowledged',
      currentRunId: '2',
      lastSeenRunId: '9',
    });
  });

  it('are stored once when two comparisons find them at the same time', async () => {
    const findings = Array.from({ length: 150 }, (_, at) => detected(`p${at}`));
    const stored = await Promise.all(
      [findings, [...findings].reverse(), findings].map((order) => repository.store(tenant.scope, FIRST, order)),
    );
    expect(stored.reduce((sum, { created }) => sum + created, 0)).toBe(150);
  });

  it('are filtered by kind, status, severity and comparison', async () => {
    await repository.store(tenant.scope, FIRST, [
      detected('a'),
      detected('b', { kind: 'policy.removed', severity: 'high' }),
    ]);
    await repository.store(tenant.scope, { ...FIRST, baselineRunId: '2', currentRunId: '3' }, [
      detected('a'),
      detected('c', { kind: 'policy.added' }),
    ]);
    const [c] = await list({ kinds: ['policy.added'] });
    await service.acknowledge(tenant.scope, manager.actor, c?.id ?? '');
    expect(names(await list())).toEqual(['c', 'b', 'a']);
    expect(names(await list({ kinds: ['policy.removed', 'policy.added'] }))).toEqual(['c', 'b']);
    expect(names(await list({ statuses: ['new'] }))).toEqual(['b', 'a']);
    expect(names(await list({ severities: ['high'] }))).toEqual(['b']);
    expect(names(await list({ kinds: [] }))).toEqual(['c', 'b', 'a']);
    expect(names(await list({ baselineRunId: '2', currentRunId: '3' }))).toEqual(['c', 'a']);
    expect(names(await list({ currentRunId: '2', statuses: ['new'], severities: ['medium'] }))).toEqual(['a']);
  });

  it('of one comparison come by severity, then by kind and name', async () => {
    await repository.store(tenant.scope, FIRST, [
      detected('low', { severity: 'low' }),
      detected('b', { severity: 'high' }),
      detected('medium'),
      detected('a', { severity: 'high' }),
    ]);
    expect(names(await list())).toEqual(['a', 'b', 'medium', 'low']);
  });

  it('come page by page, stable while new ones arrive', async () => {
    await repository.store(
      tenant.scope,
      FIRST,
      Array.from({ length: 7 }, (_, at) => detected(`p${at}`)),
    );
    const first = await service.list(tenant.scope, {}, { limit: 3 });
    await repository.store(tenant.scope, FIRST, [detected('late')]);
    const second = await service.list(tenant.scope, {}, { limit: 3, cursor: first.nextCursor ?? '' });
    const third = await service.list(tenant.scope, {}, { limit: 3, cursor: second.nextCursor ?? '' });
    const seen = [...first.items, ...second.items, ...third.items].map((finding) => finding.id);
    expect(new Set(seen).size).toBe(7);
    expect(third.nextCursor).toBeNull();
    await expect(service.list(tenant.scope, {}, { limit: 3, cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'request.invalid_cursor',
    });
  });

  it('are acknowledged by a named person, once, and the audit trail says so', async () => {
    await repository.store(tenant.scope, FIRST, [detected('a'), detected('b'), detected('c')]);
    const [c, b, a] = (await list()).map((finding) => finding.id);
    const done = await service.acknowledge(tenant.scope, manager.actor, a ?? '');
    expect(done).toMatchObject({ status: 'acknowledged', acknowledgedByName: manager.name });
    const other = await aMember(db.database, tenant, 'Owner');
    await expect(service.acknowledge(tenant.scope, other.actor, a ?? '')).resolves.toEqual(done);
    await expect(
      service.acknowledgeAll(tenant.scope, manager.actor, [a ?? '', b ?? '', c ?? '', c ?? ''], 'Planned'),
    ).resolves.toEqual({ acknowledged: 2, unchanged: 1 });
    const audit = await db.database.query<{ subject_id: string; reason: string | null }>(
      `SELECT subject_id, details #>> '{after,reason}' AS reason FROM audit_entries
       WHERE tenant_id = $1 AND action = 'drift_finding.acknowledge' ORDER BY id`,
      [tenant.id],
    );
    expect(audit.map((entry) => entry.subject_id).sort()).toEqual([a, b, c].sort());
    expect(audit.map((entry) => entry.reason)).toEqual([null, 'Planned', 'Planned']);
    const reasons = (await list()).map(({ acknowledgedReason }) => acknowledgedReason);
    expect(reasons).toEqual(['Planned', 'Planned', null]);
  });

  it('of another tenant are neither seen nor touched, and share no fingerprint', async () => {
    const stranger = await aTenant(db.database);
    await syncRunsOf(db.database, stranger, ['1', '2']);
    await repository.store(stranger.scope, FIRST, [detected('a')]);
    await expect(repository.store(tenant.scope, FIRST, [detected('a')])).resolves.toEqual({ created: 1, known: 0 });
    const [mine] = await list();
    const [theirs] = (await service.list(stranger.scope, {}, { limit: 1 })).items;
    const denied = { code: 'access.denied' };
    await expect(service.find(tenant.scope, theirs?.id ?? '')).rejects.toMatchObject(denied);
    const both = [mine?.id ?? '', theirs?.id ?? ''];
    await expect(service.acknowledgeAll(tenant.scope, manager.actor, both)).rejects.toMatchObject(denied);
    await expect(service.acknowledge(tenant.scope, manager.actor, '999999')).rejects.toMatchObject(denied);
    expect((await list()).map((finding) => finding.status)).toEqual(['new']);
  });
});
