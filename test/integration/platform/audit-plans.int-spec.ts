import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditLogRepository, type AuditFilter } from '../../../src/platform/audit/audit-log.repository.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { stepsOf } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// What PostgreSQL plans for a page of a long trail, as the role that row-level security holds to one tenant.

const ENTRIES = 20_000;
const ACTOR = '00000000-0000-4000-8000-000000000042';

let server: TestDatabase;
let tenant: TenantRow;

beforeAll(async () => {
  server = await createTestDatabase();
  tenant = await aTenant(server.database);
  const other = await aTenant(server.database);
  await server.database.query(
    `INSERT INTO audit_entries (tenant_id, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id,
       correlation_id)
     SELECT CASE n % 2 WHEN 0 THEN $1::uuid ELSE $2::uuid END, now() - n * interval '1 second', 'user',
       CASE WHEN n % 5000 = 0 THEN $3::uuid ELSE gen_random_uuid() END, 'User ' || n % 10,
       CASE WHEN n % 5000 = 0 THEN 'member.remove' ELSE 'auth.sign_in' END, 'user', n::text, n::text
     FROM generate_series(1, $4::int) n`,
    [tenant.id, other.id, ACTOR, ENTRIES],
  );
  await server.database.query('VACUUM ANALYZE audit_entries');
});
afterAll(() => server?.close());

/** The kinds of the steps that a page takes, and the indexes that they read. */
async function stepsTo(filter: AuditFilter, after?: readonly string[]): Promise<string[]> {
  const steps = await stepsOf(server, ({ asTenant }) =>
    new AuditLogRepository(asTenant).page(tenant.scope, filter, after, 26),
  );
  return steps.flatMap((step) => [step['Node Type'], step['Index Name'] ?? []]).flat();
}

describe('a page of the audit trail', () => {
  it.each<[string, AuditFilter, string]>([
    ['without a filter', {}, 'audit_entries_page'],
    ['of a person who did little', { actorId: ACTOR }, 'audit_entries_actor_page'],
    ['of a text', { text: 'User' }, 'audit_entries_page'],
  ])('%s is read by its index, in its order', async (_, filter, index) => {
    const nodes = await stepsTo(filter);
    expect(nodes).toContain(index);
    expect(nodes).not.toContain('Sort');
    expect(nodes).not.toContain('Seq Scan');
  });

  it('of rare actions is found by their index', async () => {
    const nodes = await stepsTo({ actions: ['member.remove', 'member.add'] });
    expect(nodes).toContain('audit_entries_action_page');
    expect(nodes).not.toContain('Seq Scan');
  });

  it('of common actions is read in the order of time', async () => {
    const nodes = await stepsTo({ actions: ['auth.sign_in', 'member.add'] });
    expect(nodes).toContain('audit_entries_page');
    expect(nodes).not.toContain('Sort');
  });

  it('goes on by the same index', async () => {
    const nodes = await stepsTo({}, [new Date().toISOString(), '5000']);
    expect(nodes).toContain('audit_entries_page');
    expect(nodes).not.toContain('Sort');
  });
});
