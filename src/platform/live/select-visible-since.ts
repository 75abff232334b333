/**
 * SQL for the rows of one tenant whose transaction (`xid`) became visible after a snapshot: what began later, and what
 * was running then. Both parts are ranges of the index over tenant and transaction, so neither passes over what was
 * visible already, however old the oldest transaction is that was running.
 * @param columns of the table
 * @param tenant SQL for the tenant's id
 * @param since SQL for a `pg_snapshot`; null answers no rows
 * @param end SQL for the first transaction that is not asked for
 */
export function selectVisibleSince(columns: string, table: string, tenant: string, since: string, end: string): string {
  return `SELECT ${columns} FROM ${table} WHERE tenant_id = ${tenant} AND xid >= pg_snapshot_xmax(${since}) AND xid < ${end}
    UNION ALL
    SELECT ${columns} FROM ${table} WHERE tenant_id = ${tenant} AND xid = ANY (ARRAY(SELECT pg_snapshot_xip(${since})))`;
}
