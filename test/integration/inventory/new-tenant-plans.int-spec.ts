import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import { SettingNameRepository } from '../../../src/modules/inventory/data/setting-name.repository.js';
import type { SqlValue, TenantDatabase } from '../../../src/platform/database/database.js';
import type { StatementOptions } from '../../../src/platform/database/statement.js';
import { grantTenantScope } from '../../../src/platform/database/tenant-scope.js';
import { aTenant } from '../../support/builders.js';
import { genericPlanOf, nodesOf, rowsLookedAt } from '../../support/plan.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Among tenants of like size a new one is a small change, so the statistics may not know it for days. PostgreSQL then
// takes all that it has for one row.

const KNOWN_TENANTS = 5;
const POLICIES = 1_000;
/** Objects whose details are read together. */
const LISTED = 20;
const TYPE = settingsCatalog();

interface Statement {
  sql: string;
  parameters: readonly SqlValue[];
  options: StatementOptions | undefined;
}

function settingsCatalog(): PolicyType {
  const type = policyType('settingsCatalog');
  if (type === undefined) throw new Error('The catalogue has no settings catalog.');
  return type;
}

let server: TestDatabase;
let newTenant: string;

async function aTenantWithPolicies(): Promise<string> {
  const { id } = await aTenant(server.database);
  await server.database.query(
    `INSERT INTO inventory_policies (tenant_id, type, external_id, name, completeness)
     SELECT $1, $2, n::text, 'Policy ' || n, '{}' FROM generate_series(1, $3::int) n`,
    [id, TYPE.key, POLICIES],
  );
  return id;
}

beforeAll(async () => {
  server = await createTestDatabase();
  await server.database.query('ALTER TABLE inventory_policies SET (autovacuum_enabled = false)');
  for (let known = 0; known < KNOWN_TENANTS; known += 1) await aTenantWithPolicies();
  await server.database.query('VACUUM ANALYZE inventory_policies');
  newTenant = await aTenantWithPolicies();
});
afterAll(() => server?.close());

/** What `ask` sends. */
async function sentBy(ask: (database: TenantDatabase) => Promise<unknown>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const heard = {
    query: (_scope: unknown, sql: string, parameters: readonly SqlValue[], options?: StatementOptions) => {
      sent.push({ sql, parameters: [newTenant, ...parameters], options });
      return Promise.resolve([]);
    },
  } as unknown as TenantDatabase;
  await ask(heard);
  return sent;
}

it('looks for those of a few objects that are stored without reading all that the tenant has', async () => {
  const listed = Array.from({ length: LISTED }, (_, n) => String(n + 1));
  const [sent, ...more] = await sentBy((database) =>
    new SettingNameRepository(database).storedAmong(grantTenantScope(newTenant), [TYPE.key], listed),
  );
  if (!sent) throw new Error('Nothing was asked.');
  expect(more).toEqual([]);
  expect(sent.options).toEqual({ prepared: true, generic: true });
  for (const node of nodesOf(await genericPlanOf(server.database, sent.sql, sent.parameters)))
    expect({ ...node, Plans: undefined, few: rowsLookedAt(node) <= LISTED }).toMatchObject({ few: true });
});
