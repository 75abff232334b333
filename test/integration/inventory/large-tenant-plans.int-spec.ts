import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import { ReferenceRepository } from '../../../src/modules/inventory/data/reference.repository.js';
import { VersionWriter } from '../../../src/modules/inventory/data/version-writer.js';
import type { NormalisedPolicy } from '../../../src/modules/inventory/policy/canonical-policy.js';
import type { SqlValue, TenantDatabase } from '../../../src/platform/database/database.js';
import type { TenantScope } from '../../../src/platform/database/tenant-scope.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { genericPlanOf, nodesOf, rowsLookedAt, type Plan } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// One tenant has far more policies of a type than the others. The one plan for all tenants is made for what most have, and
// a sync writes a type chunk by chunk.

const SMALL_TENANTS = 100;
const POLICIES_OF_A_SMALL_ONE = 20;
const POLICIES = 2_000;
const CHUNK = 20;
/** Those that are written, and as many that are looked up beside them. */
const FEW = 2 * CHUNK;
const TYPE = settingsCatalog();
const EXTERNAL_IDS = Array.from({ length: CHUNK }, (_, n) => String(n + 1));

function settingsCatalog(): PolicyType {
  const type = policyType('settingsCatalog');
  if (type === undefined) throw new Error('The catalogue has no settings catalog.');
  return type;
}

let server: TestDatabase;
let large: TenantRow;

async function aTenantWith(policies: number): Promise<TenantRow> {
  const tenant = await aTenant(server.database);
  await server.database.query(
    `INSERT INTO inventory_policies (tenant_id, type, external_id, name, completeness)
     SELECT $1, $2, n::text, 'Policy ' || n, '{}' FROM generate_series(1, $3::int) n`,
    [tenant.id, TYPE.key, policies],
  );
  return tenant;
}

beforeAll(async () => {
  server = await createTestDatabase();
  for (let small = 0; small < SMALL_TENANTS; small += 1) await aTenantWith(POLICIES_OF_A_SMALL_ONE);
  large = await aTenantWith(POLICIES);
  await server.database.query('VACUUM ANALYZE inventory_policies');
});
afterAll(() => server?.close());

/** Carries out what is asked of it by the generic plans, keeps their steps, and answers policies by their external ids. */
function explained(steps: Plan[]): TenantDatabase {
  const query = async (scope: TenantScope, sql: string, parameters: readonly SqlValue[]) => {
    steps.push(...nodesOf(await genericPlanOf(server.database, sql, [scope.tenantId, ...parameters])));
    return server.database.query(
      `SELECT id, external_id FROM inventory_policies WHERE tenant_id = $1 AND external_id = ANY ($2::text[])`,
      [scope.tenantId, EXTERNAL_IDS],
    );
  };
  return { query } as unknown as TenantDatabase;
}

function changed(externalId: string): NormalisedPolicy {
  const hash = externalId.padStart(64, '0');
  return {
    externalId,
    platform: null,
    hashes: { contentHash: hash, bodyHash: hash, assignmentsHash: hash },
    content: { name: `Policy ${externalId}`, description: null, properties: {}, assignments: [] },
    raw: { roleScopeTagIds: ['0'] },
  } as unknown as NormalisedPolicy;
}

it.each<[string, (database: TenantDatabase, policies: NormalisedPolicy[]) => Promise<unknown>]>([
  [
    'new versions',
    (database, policies) =>
      new VersionWriter(database).write(
        large.scope,
        TYPE.key,
        '1',
        policies.map((policy) => ({ policy, completeness: {} as never })),
      ),
  ],
  ['references', (database, policies) => new ReferenceRepository(database).replace(large.scope, TYPE, policies)],
])('writes %s of a chunk without reading all policies of its type', async (_, write) => {
  const steps: Plan[] = [];
  await write(explained(steps), EXTERNAL_IDS.map(changed));
  expect(steps.length).toBeGreaterThan(0);
  for (const step of steps)
    expect({ ...step, Plans: undefined, few: rowsLookedAt(step) <= FEW }).toMatchObject({ few: true });
});
