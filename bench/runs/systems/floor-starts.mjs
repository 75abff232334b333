import { makeMembers, removeRuns } from '../engine/engine.mjs';
import { migrateUp } from '../engine/modules.mjs';
import { JOB_OPTIONS, openQueue } from './bullmq.mjs';
import { QUEUE } from './system.mjs';

const TENANTS = 50;

const RECORDS = `with run as (
    insert into operation_runs (tenant_id, user_id, initiator_name, type, run_identity_hash, payload, correlation_id,
      subject_type, subject_id, subject_name, dispatched_at)
    values ($1, $2, 'Member', 'bench.work', sha256($3::text::bytea), '{}', 'none', 'subject', $3, 'Subject ' || $3, now())
    returning id
  ), event as (
    insert into operation_run_events (tenant_id, run_id, kind) select $1, id, 'queued' from run
  ), note as (
    insert into notifications (tenant_id, user_id, run_id, kind, title, body)
    select $1, $2, id, 'queued', 'Bench run queued', 'It waits.' from run
  ), entry as (
    insert into audit_entries (tenant_id, actor_kind, actor_id, actor_name, action, subject_type, subject_id,
      subject_name, correlation_id)
    select $1, 'user', $2, 'Member', 'bench.work.start', 'operation_run', id::text, 'Subject ' || $3, 'none' from run
  )`;
/** BullMQ's own function, with what its `add` gives it for such a job. */
const JOB = `bullmq.add_job('${QUEUE}', id || '-1', 'run', jsonb_build_object('runId', id::text, 'seq', 1),
  '${JSON.stringify(JOB_OPTIONS)}', 0, 0, $4, 1, null, null, null, null, null, false)`;

/**
 * The least that a start costs in the product's own tables, with their dedupe, foreign keys and indexes: its records and
 * BullMQ's job as one prepared statement, one round trip and one commit; on Redis the job follows the commit. Nothing is
 * validated, looked for, read back or told to anybody.
 * @param {import('./system.mjs').Places} places
 * @returns {Promise<import('./system.mjs').System>}
 */
export async function open(places) {
  await migrateUp(places.databaseUrl);
  const { pool, queue, reset } = await openQueue(places);
  const members = await makeMembers(pool, TENANTS);
  const isTransactional = places.redisUrl === undefined;
  const text = `${RECORDS} select id${isTransactional ? `, ${JOB}` : ''} from run`;

  /** @param {number} number */
  const start = async (number) => {
    const { tenantId, actor } = /** @type {import('../engine/engine.mjs').Member} */ (members[number % TENANTS]);
    const values = [tenantId, actor.userId, `start-${number}`, ...(isTransactional ? [Date.now()] : [])];
    const { rows } = await pool.query({ name: 'floor-start', text, values });
    const runId = rows[0].id;
    if (!isTransactional) await queue.add('run', { runId, seq: 1 }, { ...JOB_OPTIONS, jobId: `${runId}-1` });
  };
  return {
    reset: async () => {
      await removeRuns(pool);
      if (!isTransactional) await reset();
    },
    start,
    collide: undefined,
    preload: () => Promise.reject(new Error('It is measured by its starts alone.')),
    drains: {},
    waiting: () => queue.getWaitingCount(),
  };
}
