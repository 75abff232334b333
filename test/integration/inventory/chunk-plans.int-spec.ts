import { afterEach, expect, it } from '@jest/globals';
import { policyType, typesIn } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { ReadingWriter } from '../../../src/modules/inventory/data/reading-writer.js';
import { ReferenceRepository } from '../../../src/modules/inventory/data/reference.repository.js';
import { VersionWriter } from '../../../src/modules/inventory/data/version-writer.js';
import type { NormalisedPolicy } from '../../../src/modules/inventory/policy/canonical-policy.js';
import type { JudgedObject } from '../../../src/modules/inventory/sync/object-reading.js';
import { TenantDatabase, type SqlValue } from '../../../src/platform/database/database.js';
import type { StatementOptions } from '../../../src/platform/database/statement.js';
import type { TenantScope } from '../../../src/platform/database/tenant-scope.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { insertMany, stopAutovacuum } from '../../support/many-rows.js';
import { stepsBeyond, stepsOf } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// A sync writes a type chunk by chunk. The one plan for all tenants is made by the statistics of any moment: before there
// was anything, of tenants much smaller than the one that is written, or of others alone.

const POLICIES = 2_000;
const CHUNK = 20;
const REFERENCES_EACH = 4;
/** What the chunk has, what it had before, and as much that is compared beside it. */
const FEW = 4 * CHUNK * REFERENCES_EACH;
const TYPE = settingsCatalog();
const TABLES = ['policies', 'policy_versions', 'policy_periods', 'references', 'coverage'].map(
  (name) => `inventory_${name}`,
);

function settingsCatalog(): PolicyType {
  const type = policyType('settingsCatalog');
  if (type === undefined) throw new Error('The catalogue has no settings catalog.');
  return type;
}

class HeardDatabase extends TenantDatabase {
  readonly sent: Parameters<TenantDatabase['query']>[] = [];

  override query<Row extends object>(
    scope: TenantScope,
    sql: string,
    parameters: readonly SqlValue[] = [],
    options: StatementOptions = {},
  ): Promise<Row[]> {
    // Policies seldom move to another type, and are then found by any index that begins with the tenant.
    if (options.generic === true) this.sent.push([scope, sql, parameters, options]);
    return super.query(scope, sql, parameters, options);
  }
}

let server: TestDatabase;
afterEach(() => server?.close());

async function aTenantWith(policies: number): Promise<TenantRow> {
  const tenant = await aTenant(server.database);
  const at = `now() - n * interval '1 min'`;
  const policyIds = await insertMany(server.database, 'inventory_policies', [tenant.id], policies, {
    type: `'${TYPE.key}'`,
    references_stored: 'n % 2 = 0',
    changed_at: at,
    first_seen_at: at,
  });
  await server.database.query(
    `WITH policy AS (
       SELECT id, place::text AS external_id FROM unnest($2::bigint[]) WITH ORDINALITY AS p (id, place)
     ), reference AS (
       INSERT INTO inventory_references (tenant_id, policy_id, to_type, to_external_id, via)
       SELECT $1, id, 'group', n::text, 'assignment' FROM policy CROSS JOIN generate_series(1, $3::int) n
     )
     INSERT INTO inventory_policy_versions
       (tenant_id, policy_id, content_hash, body_hash, assignments_hash, name, content, raw, completeness)
     SELECT $1, id, h, h, h, 'Policy ' || external_id, '{}', '{}', '{}' FROM policy, lpad(external_id, 64, '0') h`,
    [tenant.id, policyIds, REFERENCES_EACH],
  );
  await server.database.query(
    `WITH stood AS (
       UPDATE inventory_policies p SET current_version_id = v.id FROM inventory_policy_versions v
       WHERE p.tenant_id = $1 AND v.tenant_id = $1 AND v.policy_id = p.id RETURNING p.id, v.id AS version_id
     )
     INSERT INTO inventory_policy_periods (tenant_id, type, policy_id, version_id, from_sync_id)
     SELECT $1, $2, id, version_id, 1 FROM stood`,
    [tenant.id, TYPE.key],
  );
  return tenant;
}

async function tenantsWith(count: number, policies: number): Promise<void> {
  for (let tenant = 0; tenant < count; tenant += 1) await aTenantWith(policies);
}

const analyze = (): Promise<unknown> => server.database.query(`VACUUM ANALYZE ${TABLES.join(', ')}`);

async function afterAnalyzing(tenants: number, policies: number): Promise<TenantRow> {
  await tenantsWith(tenants, policies);
  await analyze();
  return aTenantWith(POLICIES);
}

function read(n: number, hash: number): JudgedObject {
  const externalId = String(n);
  const contentHash = String(hash).padStart(64, '0');
  const policy = {
    externalId,
    platform: null,
    hashes: { contentHash, bodyHash: contentHash, assignmentsHash: contentHash },
    content: { name: `Policy ${n}`, description: null, properties: {}, assignments: [] },
    raw: { roleScopeTagIds: ['0', '1', '2', '3'] },
  } as unknown as NormalisedPolicy;
  const proof = { settingsExpected: null, settingsStored: 0, assignmentsRead: true, secretsMasked: 0, complete: true };
  return { externalId, type: TYPE, policy, completeness: proof };
}

/** What is sent for a chunk: some changed, of some another proof, of half of these the references for the first time. */
async function sentFor({ scope, id }: TenantRow): Promise<HeardDatabase['sent']> {
  const moved = typesIn(TYPE.collection).find(({ key }) => key !== TYPE.key);
  await server.database.query(`UPDATE inventory_policies SET type = $2 WHERE tenant_id = $1 AND external_id = '1'`, [
    id,
    moved?.key ?? TYPE.key,
  ]);
  const heard = new HeardDatabase(server.database);
  const writer = new ReadingWriter(heard, new VersionWriter(heard), new ReferenceRepository(heard));
  const chunk = Array.from({ length: CHUNK }, (_, n) => read(n + 1, n % 2 === 0 ? POLICIES + n : n + 1));
  expect(await writer.take(scope, { syncRunId: '2', attempt: 1 }, TYPE, chunk)).toBe(CHUNK / 2);
  return heard.sent;
}

it.each<[string, () => Promise<TenantRow>]>([
  ['nothing is known of the tables', () => aTenantWith(POLICIES)],
  ['all that is known are small tenants', () => afterAnalyzing(3, 20)],
  ['all that is known are others like it', () => afterAnalyzing(3, POLICIES)],
  [
    'most are small',
    async () => {
      await tenantsWith(100, 20);
      const large = await aTenantWith(POLICIES);
      await analyze();
      return large;
    },
  ],
])('writes a chunk without reading what else the tenant has, when %s', async (_, prepare) => {
  server = await createTestDatabase();
  await stopAutovacuum(server.database, TABLES);
  const tenant = await prepare();
  const sent = await sentFor(tenant);
  const UNDONE = new Error('undone');
  const work = server.database.transaction(async () => {
    const steps = await stepsOf(server, async ({ asTenant }) => {
      for (const statement of sent) await asTenant.query(...statement);
    });
    expect(stepsBeyond(FEW, steps)).toEqual([]);
    throw UNDONE;
  });
  await expect(work).rejects.toBe(UNDONE);
});
