import { createHash } from 'node:crypto';
import type { TenantScope } from './tenant-scope.js';

export type SqlValue = string | number | boolean | null | Date | Buffer | readonly SqlValue[];

/** Whose rights a statement has: those of the role the process logged in with, or of one tenant. */
export type Rights = 'login' | TenantScope;

export interface Statement {
  sql: string;
  parameters: readonly SqlValue[];
  /** Prepared once on each connection under a name of its own; see {@link StatementOptions}. */
  name?: string | undefined;
  /** See {@link StatementOptions}. */
  generic?: boolean | undefined;
}

/**
 * `prepared`: PostgreSQL keeps the statement's plan with the connection, which pays for texts that are run often. The
 * text must be one of few: each is kept for as long as the connection lives.
 */
export interface StatementOptions {
  prepared?: boolean;
  /**
   * One plan for all parameters of the text, and of those that follow in the transaction: where planning costs more than the
   * best plan gains, and where a plan for one tenant would trust statistics that do not know that tenant yet.
   * It reads tables by their indexes wherever one fits; a text that is to read most of a table is not for it.
   */
  generic?: boolean;
}

const NAMES = new Map<string, string>();

/** The name of a prepared text: the same in every process, so that it means the same behind a connection pooler. */
export function nameOf(sql: string): string {
  let name = NAMES.get(sql);
  if (name === undefined) {
    name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
    NAMES.set(sql, name);
  }
  return name;
}

/**
 * Both last until the end of the transaction, which for a statement outside one is the statement's own: nothing has to
 * be put back, and a connection cannot return to the pool with a tenant's rights, whatever failed.
 */
const TAKE_TENANT = `SELECT set_config('tenantatlas.tenant_id', $1, true), set_config('role', 'tenantatlas_tenant', true)`;
const TAKE_LOGIN = `SELECT set_config('role', 'none', true)`;
/**
 * Makes PostgreSQL plan the transaction's prepared texts once for all parameters. Such a plan outlives the size that the
 * tables have at that moment: of a small one all would be read, and still be when it has grown.
 */
export const PLAN_ONCE = prepared(
  `SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)`,
);

/** The statement that gives the connection these rights until its transaction ends. */
export function takingOf(rights: Rights): Statement {
  return rights === 'login' ? prepared(TAKE_LOGIN) : prepared(TAKE_TENANT, [rights.tenantId]);
}

function prepared(sql: string, parameters: readonly SqlValue[] = []): Statement {
  return { sql, parameters, name: nameOf(sql) };
}

export function sameRights(one: Rights | undefined, other: Rights): boolean {
  if (one === undefined || one === 'login' || other === 'login') return one === other;
  return one.tenantId === other.tenantId;
}
