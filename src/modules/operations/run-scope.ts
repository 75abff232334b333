import type { RunContext } from '#libs/run-kit/src/run-processor.js';
import { grantTenantScope, type TenantScope } from '../../platform/database/tenant-scope.js';

/** The one tenant that a handler may touch: the one of its run's row. */
export function scopeOfRun(context: RunContext): TenantScope {
  return grantTenantScope(context.tenantId);
}
