declare const scoped: unique symbol;

/**
 * The proof that a caller may touch one tenant's rows. It is made only from a member's access or from a run row; every
 * tenant-scoped query takes one first, so forgetting the tenant does not compile.
 */
export type TenantScope = { readonly tenantId: string; readonly [scoped]: true };

/**
 * Makes a scope. Only `platform/access` (from a membership), `operations/run-scope` (from a run's row) and
 * `schedules/schedule-scope` (from a schedule's row) may call it.
 */
export function grantTenantScope(tenantId: string): TenantScope {
  return Object.freeze({ tenantId }) as TenantScope;
}
