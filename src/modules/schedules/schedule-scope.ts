import { grantTenantScope, type TenantScope } from '../../platform/database/tenant-scope.js';
import type { ScheduleRow } from './data/schedule-row.js';

/** The one tenant that a tick may touch: the one of its schedule's row. */
export function scopeOfSchedule(row: Pick<ScheduleRow, 'tenant_id'>): TenantScope {
  return grantTenantScope(row.tenant_id);
}
