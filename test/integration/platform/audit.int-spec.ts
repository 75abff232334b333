import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditBatch } from '../../../src/platform/audit/audit-batch.js';
import { AuditTrail } from '../../../src/platform/audit/audit-trail.js';
import { SYSTEM } from '../../../src/platform/context/actor.js';
import { runInContext } from '../../../src/platform/context/request-context.js';
import { aMember, aTenant, type TenantRow, type UserRow } from '../../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const ENTRY = { action: 'thing.change', subjectType: 'thing', subjectId: '1', subjectName: 'One' };

describe('the audit trail', () => {
  let db: TestDatabase;
  let trail: AuditTrail;
  let tenant: TenantRow;
  let user: UserRow;

  beforeAll(async () => {
    db = await createTestDatabase();
    trail = new AuditTrail(db.tenantDatabase);
    tenant = await aTenant(db.database);
    user = await aMember(db.database, tenant);
  });
  afterAll(() => db?.close());

  const entries = (tenantId: string) =>
    db.database.query<Record<string, unknown>>(
      'SELECT *, host(address) AS address FROM audit_entries WHERE tenant_id = $1 ORDER BY id',
      [tenantId],
    );

  it('says who did what to which thing from where', async () => {
    const call = {
      correlationId: 'call-0001',
      address: '203.0.113.9',
      userAgent: `curl/8 token=hunter2 ${'x'.repeat(500)}`,
    };
    await runInContext(call, () => trail.append(tenant.scope, user.actor, ENTRY));
    const [entry] = await entries(tenant.id);
    expect(entry).toMatchObject({
      actor_kind: 'user',
      actor_id: user.id,
      actor_name: user.name,
      action: 'thing.change',
      subject_type: 'thing',
      subject_id: '1',
      subject_name: 'One',
      correlation_id: 'call-0001',
      address: '203.0.113.9',
    });
    expect(String(entry?.['user_agent'])).toHaveLength(200);
    expect(JSON.stringify(entry)).not.toContain('x'.repeat(201));
  });

  it('hides what looks like a secret in the names that people give', async () => {
    const subjectName = 'Hook password=hunter2 Bearer abc.def.ghi';
    await trail.append(tenant.scope, user.actor, { ...ENTRY, subjectName });
    const last = (await entries(tenant.id)).at(-1);
    expect(last?.['subject_name']).toBe('Hook password=[hidden] Bearer [hidden]');
  });

  it('goes with the transaction around it', async () => {
    const before = (await entries(tenant.id)).length;
    const undone = db.database.transaction(async () => {
      await trail.append(tenant.scope, user.actor, ENTRY);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await entries(tenant.id)).toHaveLength(before);
  });

  it.each([
    ["UPDATE audit_entries SET actor_name = 'Nobody'"],
    ['DELETE FROM audit_entries'],
    ['DELETE FROM audit_entries WHERE id = (SELECT max(id) FROM audit_entries)'],
    ['TRUNCATE audit_entries'],
    ['TRUNCATE tenants CASCADE'],
  ])('refuses %s', async (sql) => {
    const before = await entries(tenant.id);
    await expect(db.database.query(sql)).rejects.toThrow(/append-only/);
    expect(await entries(tenant.id)).toEqual(before);
  });

  it('goes with its tenant, and leaves the others’ alone', async () => {
    const leaving = await aTenant(db.database);
    await trail.append(leaving.scope, SYSTEM, ENTRY);
    const before = await entries(tenant.id);
    await db.database.query('DELETE FROM tenants WHERE id = $1', [leaving.id]);
    expect(await entries(leaving.id)).toEqual([]);
    expect(await entries(tenant.id)).toEqual(before);
  });

  it('takes a batch over tenants in its order, each entry with its own call', async () => {
    const [one, other] = [await aTenant(db.database), await aTenant(db.database)];
    const batch = new AuditBatch(db.database);
    const record = (tenantId: string, subjectId: string) => ({
      tenantId,
      actor: subjectId === '2' ? SYSTEM : user.actor,
      entry: { action: 'thing.make', subjectType: 'thing', subjectId },
      context: { correlationId: `call-${subjectId}`, address: subjectId === '2' ? undefined : '2001:db8::1' },
    });
    await batch.append([record(one.id, '1'), record(other.id, '2'), record(one.id, '3')]);
    await batch.append([]);
    const shown = (rows: Record<string, unknown>[]) =>
      rows.map((row) => [row['actor_name'], row['subject_id'], row['correlation_id'], row['address']]);
    expect(shown(await entries(one.id))).toEqual([
      [user.name, '1', 'call-1', '2001:db8::1'],
      [user.name, '3', 'call-3', '2001:db8::1'],
    ]);
    expect(shown(await entries(other.id))).toEqual([['System', '2', 'call-2', null]]);
  });

  it('does not take an entry of a tenant that is not there', async () => {
    const unknown = { tenantId: randomUUID(), actor: SYSTEM, entry: ENTRY };
    await expect(new AuditBatch(db.database).append([unknown])).rejects.toThrow(/foreign key/);
  });
});
