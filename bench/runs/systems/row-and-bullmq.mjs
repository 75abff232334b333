import { JOB_OPTIONS, openQueue } from './bullmq.mjs';

/**
 * The least that anyone could do: one bare row with nothing beside it, then BullMQ's `add`; two steps, and a crash
 * between them loses the job. The measure for the price of notes, audit, events and dedupe.
 * @param {import('./system.mjs').Places} places
 * @returns {Promise<import('./system.mjs').System>}
 */
export async function open(places) {
  const { pool, queue, reset } = await openQueue(places);
  await pool.query(
    `create table public.bare_runs (
       id bigint generated always as identity primary key,
       type text not null,
       payload jsonb not null,
       created_at timestamptz not null default now()
     )`,
  );
  /** @param {number} number */
  const start = async (number) => {
    const { rows } = await pool.query('insert into bare_runs (type, payload) values ($1, $2) returning id', [
      'bench.work',
      JSON.stringify({ number }),
    ]);
    const runId = rows[0].id;
    await queue.add('run', { runId, seq: 1 }, { ...JOB_OPTIONS, jobId: `${runId}-1` });
  };
  return {
    reset: async () => {
      await reset();
      await pool.query('truncate bare_runs');
    },
    start,
    collide: undefined,
    preload: () => Promise.reject(new Error('It is measured by its starts alone.')),
    drains: {},
    waiting: () => queue.getWaitingCount(),
  };
}
