import { makeMembers, removeRuns } from '../engine/engine.mjs';
import { Coalescer, migrateUp } from '../engine/modules.mjs';
import { JOB_OPTIONS, openQueue } from './bullmq.mjs';
import { QUEUE } from './system.mjs';

const TENANTS = 50;
/** As the engine has it. */
const TOGETHER = { most: 32, atOnce: 2 };

const RECORDS = `with run as (
    insert into operation_runs (tenant_id, user_id, initiator_name, type, run_identity_hash, payload, correlation_id,
      subject_type, subject_id, subject_name, dispatched_at)
    select tenant_id, user_id, 'Member', 'bench.work', sha256(subject::bytea), '{}', 'none', 'subject', subject,
      'Subject ' || subject, now()
    from unnest($1::uuid[], $2::uuid[], $3::text[]) as g (tenant_id, user_id, subject)
    returning id, tenant_id, user_id, subject_name
  ), event as (
    insert into operation_run_events (tenant_id, run_id, kind) select tenant_id, id, 'queued' from run
  ), note as (
    insert into notifications (tenant_id, user_id, run_id, kind, title, body)
    select tenant_id, user_id, id, 'queued', 'Bench run queued', 'It waits.' from run
  ), entry as (
    insert into audit_entries (tenant_id, actor_kind, actor_id, actor_name, action, subject_type, subject_id,
      subject_name, correlation_id)
    select tenant_id, 'user', user_id, 'Member', 'bench.work.start', 'operation_run', id::text, subject_name, 'none'
    from run
  )`;
/** BullMQ's own function, with what its `add` gives it for such a job. */
const JOB = `bullmq.add_job('${QUEUE}', id || '-1', 'run', jsonb_build_object('runId', id::text, 'seq', 1),
  '${JSON.stringify(JOB_OPTIONS)}', 0, 0, $4, 1, null, null, null, null, null, false)`;

/**
 * The least that a start costs in the product's own tables, with their dedupe, foreign keys and indexes: its records and
 * BullMQ's job as one prepared statement, one round trip and one commit, which starts of the same moment share; on Redis
 * the jobs follow the commit. Nothing is validated, looked for, read back or told to anybody.
 * @param {import('./system.mjs').Places} places
 * @returns {Promise<import('./system.mjs').System>}
 */
export async function open(places) {
  await migrateUp(places.databaseUrl);
  const { pool, queue, reset } = await openQueue(places);
  const members = await makeMembers(pool, TENANTS);
  const isTransactional = places.redisUrl === undefined;
  const text = `${RECORDS} select id${isTransactional ? `, ${JOB}` : ''} from run`;

  /** @param {readonly number[]} numbers */
  const insert = async (numbers) => {
    const starts = numbers.map((number) => {
      const member = /** @type {import('../engine/engine.mjs').Member} */ (members[number % TENANTS]);
      return { member, subject: `start-${number}` };
    });
    const values = [
      starts.map(({ member }) => member.tenantId),
      starts.map(({ member }) => member.actor.userId),
      starts.map(({ subject }) => subject),
      ...(isTransactional ? [Date.now()] : []),
    ];
    const { rows } = await pool.query({ name: 'floor-start', text, values });
    return rows.map(({ id }) => id);
  };

  /** @param {readonly string[]} runIds */
  const ring = (runIds) =>
    queue.addBulk(
      runIds.map((runId) => ({
        name: 'run',
        data: { runId, seq: 1 },
        opts: { ...JOB_OPTIONS, jobId: `${runId}-1` },
      })),
    );

  const together = new Coalescer(async (/** @type {readonly number[]} */ numbers) => {
    const runIds = await insert(numbers);
    const rung = isTransactional ? undefined : ring(runIds);
    return numbers.map(() => ({ status: /** @type {const} */ ('fulfilled'), value: { rung } }));
  }, TOGETHER);

  return {
    reset: async () => {
      await removeRuns(pool);
      if (!isTransactional) await reset();
    },
    start: async (number) => {
      const { rung } = await together.add(number);
      await rung;
    },
    collide: undefined,
    preload: () => Promise.reject(new Error('It is measured by its starts alone.')),
    drains: {},
    waiting: () => queue.getWaitingCount(),
  };
}
