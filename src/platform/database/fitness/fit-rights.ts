import type { ClientBase } from 'pg';
import { UnfitDatabase } from './unfit-database.js';

/**
 * Looks at what the migration RowLevelSecurity has made with the eyes of this login; before it there is nothing to see. A
 * login that row-level security holds is refused no statement: it is shown an empty installation, and clears up after it.
 * @throws UnfitDatabase
 */
export async function requireFitRights(client: Pick<ClientBase, 'query'>): Promise<void> {
  const { rows } = await client.query<Rights>(
    `SELECT quote_ident(current_user) AS login, row_security_active(c.oid) AS held,
       EXISTS (
         SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND to_regrole('tenantatlas_tenant') = ANY (p.polroles)
       ) AS guarded,
       coalesce(pg_has_role(current_user, to_regrole('tenantatlas_tenant'), 'SET'), false) AS taking,
       has_schema_privilege(to_regrole('tenantatlas_tenant'), to_regnamespace('public'), 'USAGE') AS reaching
     FROM pg_class c WHERE c.oid = to_regclass('public.operation_runs') AND c.relrowsecurity`,
  );
  const [found] = rows;
  if (found === undefined) return;
  const { login, held, guarded, taking, reaching } = found;
  if (held) {
    throw new UnfitDatabase(
      `The database user ${login} does not own the tables, and row-level security shows it none of their rows; use the user that ran the migrations.`,
    );
  }
  if (!guarded) {
    throw new UnfitDatabase(
      'The database lacks what keeps tenants apart, as one does that was restored on a server without the role for it; run CREATE ROLE tenantatlas_tenant NOLOGIN; there, and restore it again.',
    );
  }
  if (!taking) {
    throw new UnfitDatabase(
      `The database user ${login} may not take the role that keeps tenants apart; have an administrator run: GRANT tenantatlas_tenant TO ${login} WITH INHERIT FALSE, SET TRUE;`,
    );
  }
  if (!reaching) {
    throw new UnfitDatabase(
      'The role that keeps tenants apart may not use the schema of the tables; have an administrator run: GRANT USAGE ON SCHEMA public TO tenantatlas_tenant;',
    );
  }
}

interface Rights {
  login: string;
  held: boolean;
  guarded: boolean;
  taking: boolean;
  reaching: boolean;
}

/** @throws UnfitDatabase when this login may not make in the database what migrations make */
export async function requireMakersRights(client: Pick<ClientBase, 'query'>): Promise<void> {
  const { rows } = await client.query<{ login: string; grants: string }>(
    `SELECT quote_ident(current_user) AS login, string_agg(format('GRANT %s TO %I;', what, current_user), ' ') AS grants
     FROM (VALUES
       (format('CREATE ON DATABASE %I', current_database()), has_database_privilege(current_database(), 'CREATE')),
       ('USAGE, CREATE ON SCHEMA public', has_schema_privilege(to_regnamespace('public'), 'CREATE')
         AND has_schema_privilege(to_regnamespace('public'), 'USAGE'))) AS needed (what, given)
     WHERE given IS NOT TRUE HAVING count(*) > 0`,
  );
  const [missing] = rows;
  if (missing === undefined) return;
  throw new UnfitDatabase(
    `The database user ${missing.login} may not make what migrations make; have an administrator run: ${missing.grants}`,
  );
}
