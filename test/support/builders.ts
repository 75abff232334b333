import { randomUUID } from 'node:crypto';
import type { Role } from '#libs/access-model/src/permissions.js';
import type { Actor } from '../../src/platform/context/actor.js';
import type { Database } from '../../src/platform/database/database.js';
import { grantTenantScope, type TenantScope } from '../../src/platform/database/tenant-scope.js';

export interface TenantRow {
  id: string;
  name: string;
  entraTenantId: string;
  /** Proof for tenant-scoped queries, as a membership would give it. */
  scope: TenantScope;
}

export interface UserRow {
  id: string;
  name: string;
  email: string;
  actor: Actor;
}

/** A tenant without members or connection. */
export async function aTenant(
  database: Database,
  given: { name?: string; entraTenantId?: string } = {},
): Promise<TenantRow> {
  const entraTenantId = given.entraTenantId ?? randomUUID();
  const name = given.name ?? `Tenant ${entraTenantId.slice(0, 8)}`;
  const id = await insertedId(
    database.query<{ id: string }>('insert into tenants (name, entra_tenant_id) values ($1, $2) returning id', [
      name,
      entraTenantId,
    ]),
  );
  return { id, name, entraTenantId, scope: grantTenantScope(id) };
}

/** A user who cannot sign in with a password unless `passwordHash` is given. */
export async function aUser(
  database: Database,
  given: { name?: string; email?: string; passwordHash?: string } = {},
): Promise<UserRow> {
  const suffix = randomUUID().slice(0, 8);
  const name = given.name ?? `User ${suffix}`;
  const email = given.email ?? `user-${suffix}@example.test`;
  const id = await insertedId(
    database.query<{ id: string }>('insert into users (email, name, password_hash) values ($1, $2, $3) returning id', [
      email,
      name,
      given.passwordHash ?? null,
    ]),
  );
  return { id, name, email, actor: { kind: 'user', userId: id, name } };
}

/** Makes `user` a member of `tenant`. */
export async function aMembership(database: Database, tenant: TenantRow, user: UserRow, role: Role): Promise<void> {
  await database.query('insert into memberships (tenant_id, user_id, role) values ($1, $2, $3)', [
    tenant.id,
    user.id,
    role,
  ]);
}

/** A new user who is a member of `tenant`. */
export async function aMember(database: Database, tenant: TenantRow, role: Role = 'Operator'): Promise<UserRow> {
  const user = await aUser(database);
  await aMembership(database, tenant, user, role);
  return user;
}

/** Sync runs with these ids, of one selection, that read nothing and succeeded. */
export async function syncRunsOf(database: Database, tenant: TenantRow, ids: readonly string[]): Promise<void> {
  await database.query(
    `insert into inventory_sync_runs (tenant_id, id, operation_run_id, attempt, scope_key, selection, outcome, finished_at)
       overriding system value
     select $1, id, id, 1, 'all', '{}', 'succeeded', now() from unnest($2::bigint[]) as run (id)`,
    [tenant.id, ids],
  );
}

async function insertedId(rows: Promise<{ id: string }[]>): Promise<string> {
  const [row] = await rows;
  if (row === undefined) throw new Error('The insert answered no row.');
  return row.id;
}
