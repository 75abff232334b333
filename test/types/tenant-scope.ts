import type { Database, TenantDatabase } from '../../src/platform/database/database.js';
import type { TenantScope } from '../../src/platform/database/tenant-scope.js';

/** Compiled, never run: each line below an expectation must not compile, or `npm run types` fails. */
export async function tenantScopes(database: TenantDatabase, raw: Database, scope: TenantScope): Promise<void> {
  await database.query(scope, 'select 1 from tenants where id = $1');

  // @ts-expect-error a tenant-scoped query needs the tenant
  await database.query('select 1 from tenants');
  // @ts-expect-error a tenant's id is no proof that the caller may touch it
  await database.query(scope.tenantId, 'select 1 from tenants where id = $1');
  // @ts-expect-error nor is an object that looks like a scope
  await database.query({ tenantId: scope.tenantId }, 'select 1 from tenants where id = $1');
  // @ts-expect-error a scope does not change its tenant
  scope.tenantId = 'another';
  // @ts-expect-error the raw database is not the scoped one
  const confused: TenantDatabase = raw;
  void confused;
}
