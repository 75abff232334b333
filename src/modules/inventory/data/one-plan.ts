import type { StatementOptions } from '../../../platform/database/statement.js';

/**
 * For statements that join a tenant's policies with what hangs on them. Statistics may not know a new tenant for days; a
 * plan of its own would take all that it has for one row, and compare every row with every other.
 */
export const ONE_PLAN_FOR_ALL_TENANTS: StatementOptions = { prepared: true, generic: true };
