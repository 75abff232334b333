import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PolicyFacetsRepository } from '../../../src/modules/inventory/data/policy-facets.repository.js';
import type { PolicyFilter } from '../../../src/modules/inventory/data/policy-filter.js';
import { PolicyRepository, type PolicyOrder } from '../../../src/modules/inventory/data/policy.repository.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { insertMany } from '../../support/many-rows.js';
import { stepsOf, type Plan } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const POLICIES = 5_000;
const TENANTS = 50;
const OTHERS_POLICIES = 400;
/** The policies changed one a minute; so far back, most are older. */
const MIDDLE = new Date(Date.now() - 1_000 * 60_000).toISOString();

/** Rows of the table that were fetched, taken or not. */
function fetched(nodes: readonly Plan[], table: string): number {
  return nodes
    .filter((node) => node['Relation Name'] === table)
    .reduce(
      (sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    );
}

describe('finding policies of one tenant with 5,000 among 50', () => {
  let db: TestDatabase;
  let large: TenantRow;

  beforeAll(async () => {
    db = await createTestDatabase();
    const tenants: TenantRow[] = [];
    for (let index = 0; index < TENANTS; index += 1) tenants.push(await aTenant(db.database));
    large = tenants[0] as TenantRow;
    const others = tenants.slice(1).map(({ id }) => id);
    for (const [ids, policies] of [
      [[large.id], POLICIES],
      [others, OTHERS_POLICIES],
    ] as const)
      await insertMany(db.database, 'inventory_policies', ids, policies, {
        type: `(ARRAY['settingsCatalog', 'deviceConfiguration', 'deviceCompliancePolicy'])[1 + n % 3]`,
        external_id: `'p-' || n`,
        name: `'WIN - ' || md5(n::text) || ' - v' || n`,
        description: `repeat('Set by the security team. ', n % 20)`,
        platform: `'windows'`,
        assigned: 'n % 10 < 7',
        scope_tags: `ARRAY['0']`,
        changed_at: `now() - n * interval '1 minute'`,
      });
    await db.database.query('ANALYZE inventory_policies');
  });
  afterAll(() => db.close());

  async function pagePlan(filter: Partial<PolicyFilter>, order: PolicyOrder = 'name', after?: string[]) {
    const whole = { includeRemoved: false, ...filter };
    return stepsOf(db, ({ asTenant }) => new PolicyRepository(asTenant).page(large.scope, whole, order, after, 26));
  }

  it.each([
    ['name', 'inventory_policies_by_name', undefined],
    ['name', 'inventory_policies_by_name', ['win - 8', '1']],
    ['changed', 'inventory_policies_by_change', undefined],
    ['changed', 'inventory_policies_by_change', [MIDDLE, '1']],
  ] as const)('reads a page by %s from its index, in its order', async (order, index, after) => {
    const nodes = await pagePlan({}, order, after && [...after]);
    expect(nodes.map((node) => node['Index Name'])).toContain(index);
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Sort');
    expect(fetched(nodes, 'inventory_policies')).toBeLessThanOrEqual(26);
  });

  it.each<[string, Partial<PolicyFilter>]>([
    ['a text that many have', { text: 'win' }],
    ['a text that nobody has', { text: 'nothing of the kind' }],
    ['everything at once', { text: 'a', types: ['settingsCatalog'], platforms: ['windows'], coverage: ['read'] }],
  ])("looks for %s in this tenant's rows alone", async (_, filter) => {
    const nodes = await pagePlan(filter);
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    expect(fetched(nodes, 'inventory_policies')).toBeLessThanOrEqual(POLICIES);
  });

  it("counts all facets by reading this tenant's rows once", async () => {
    const nodes = await stepsOf(db, ({ asTenant }) =>
      new PolicyFacetsRepository(asTenant).count(large.scope, { includeRemoved: false, text: 'security team' }),
    );
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    // The names of its scope tags are looked up besides; it has none.
    expect(fetched(nodes, 'inventory_policies')).toBeLessThanOrEqual(POLICIES + 10);
  });
});
