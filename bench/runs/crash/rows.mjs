/**
 * A run as its row tells it.
 * @typedef {{ id: string, status: 'queued' | 'running' | 'completed', lease_epoch: number, dispatch_seq: number, attempt: number }} Row
 */

/**
 * @param {import('pg').Pool} pool
 * @returns {Promise<Row[]>}
 */
export async function readRows(pool) {
  const { rows } = await pool.query(
    'select id, status, lease_epoch, dispatch_seq, attempt from operation_runs order by id',
  );
  return rows;
}

/**
 * Runs that were completed more than once, by what each completion writes beside the row: one event, one terminal note.
 * @param {import('pg').Pool} pool
 * @returns {Promise<number>}
 */
export async function doubleCommits(pool) {
  const { rows } = await pool.query(
    `select count(*)::int as runs from operation_runs r
     where (select count(*) from operation_run_events where run_id = r.id and kind = 'completed') > 1
        or (select count(*) from notifications where run_id = r.id and kind = 'terminal') > 1`,
  );
  return rows[0].runs;
}
