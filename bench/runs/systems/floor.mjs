import pg from 'pg';
import { POOL_SIZE } from './system.mjs';

/**
 * The least that any engine pays in PostgreSQL for what a start of this one keeps: the run, its event, the note, the
 * audit entry and the job, in tables with a primary key and nothing else, by one prepared statement, in one round trip
 * and one commit; no dedupe, no foreign key, no list to serve. And for a collision: one prepared read of one index.
 * @param {import('./system.mjs').Places} places
 * @returns {Promise<import('./system.mjs').System>}
 */
export async function open({ databaseUrl }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL_SIZE });
  const tables = ['floor_runs', 'floor_events', 'floor_notes', 'floor_audit', 'floor_jobs'];
  for (const table of tables) {
    await pool.query(
      `create table ${table} (
         id bigint generated always as identity primary key,
         run bigint not null,
         content jsonb not null,
         created_at timestamptz not null default now()
       )`,
    );
  }
  await pool.query('create table floor_active (identity bigint primary key, run bigint not null)');
  const write = {
    name: 'floor-write',
    text: `with run as (insert into floor_runs (run, content) values ($1, $2) returning id),
      event as (insert into floor_events (run, content) select id, $2 from run),
      note as (insert into floor_notes (run, content) select id, $2 from run),
      entry as (insert into floor_audit (run, content) select id, $2 from run),
      job as (insert into floor_jobs (run, content) select id, $2 from run)
      select id from run`,
  };
  const read = { name: 'floor-read', text: 'select run from floor_active where identity = $1' };
  const start = async (/** @type {number} */ number) => {
    const { rows } = await pool.query({ ...write, values: [number, JSON.stringify({ subject: `start-${number}` })] });
    return rows[0].id;
  };
  return {
    reset: async () => {
      await pool.query(`truncate floor_active, ${tables.join(', ')}`);
      await pool.query('insert into floor_active select n, n from generate_series(0, 9) n');
    },
    start,
    collide: async (number) => {
      const { rows } = await pool.query({ ...read, values: [number] });
      return rows[0].run;
    },
    preload: () => Promise.reject(new Error('It is measured by its starts alone.')),
    drains: {},
    waiting: async () => {
      const { rows } = await pool.query(
        `select case when exists (select from floor_jobs) then (select count(*) from floor_jobs)
                else (select count(*) from floor_active) end::int as jobs`,
      );
      return rows[0].jobs;
    },
  };
}
