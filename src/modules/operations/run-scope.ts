import type { RunContext } from '#libs/run-kit/src/run-processor.js';
import { grantTenantScope, type TenantScope } from '../../platform/database/tenant-scope.js';
import type { RunRow } from './data/run-row.js';

/** The one tenant that a handler may touch: the one of its run's row. */
export function scopeOfRun(context: RunContext): TenantScope {
  return grantTenantScope(context.tenantId);
}

/** The tenant of a run's row, for the engine itself. */
export function scopeOfRow(row: Pick<RunRow, 'tenant_id'>): TenantScope {
  return grantTenantScope(row.tenant_id);
}
