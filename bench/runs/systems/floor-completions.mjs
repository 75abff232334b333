import pg from 'pg';
import { makeMembers, removeRuns } from '../engine/engine.mjs';
import { migrateUp } from '../engine/modules.mjs';
import { BATCH, POOL_SIZE, timed } from './system.mjs';

const TENANTS = 50;
/** More take no more at once, and meet each other. */
const LANES = 2;

const PRELOAD = `insert into operation_runs (tenant_id, user_id, initiator_name, type, run_identity_hash, payload,
    correlation_id, subject_type, subject_id, subject_name)
  select m.tenant_id, m.user_id, 'Member', 'bench.work', sha256(n::text::bytea), '{}', 'none', 'subject', n::text,
    'Subject ' || n
  from generate_series(1, $1) n
  join (select tenant_id, user_id, row_number() over () as place from memberships) m on m.place = n % $2 + 1`;
const TAKE = `update operation_runs set status = 'running', started_at = now(), claimed_at = now(), attempt = 1,
    lease_epoch = 1, lease_expires_at = now() + interval '1 minute', updated_at = now()
  where id = any (array(select id from operation_runs where status = 'queued' and held_until is null and type = 'bench.work'
    order by type, tenant_id, created_at, id limit $1 for update skip locked))
  returning id, tenant_id`;
const FINISH = `update operation_runs r set status = 'completed', outcome = 'succeeded', completed_at = now(),
    lease_expires_at = null, updated_at = now()
  from unnest($1::bigint[]) as g (id) where r.id = g.id
  returning r.id, r.tenant_id, r.user_id, r.type, r.outcome`;

/** The two updates alone. */
const BARE = { take: TAKE, finish: FINISH };
/** With what a run keeps of them: an event each, the totals and the initiator's note. */
const RECORDED = {
  take: `with taken as (${TAKE}),
    event as (insert into operation_run_events (tenant_id, run_id, kind) select tenant_id, id, 'claimed' from taken)
    select id from taken`,
  finish: `with finished as (${FINISH}),
    event as (insert into operation_run_events (tenant_id, run_id, kind) select tenant_id, id, 'completed' from finished),
    total as (insert into operation_run_total_deltas (tenant_id, type, outcome, runs)
      select tenant_id, type, outcome, count(*) from finished group by tenant_id, type, outcome)
    insert into notifications (tenant_id, user_id, run_id, kind, outcome, title, body)
      select tenant_id, user_id, id, 'terminal', outcome, 'Bench run succeeded', 'It is done.' from finished`,
};

/**
 * The least that completions cost in the product's own table of runs: what any engine pays that tells `running` from
 * `queued` and serves the product's lists. A batch is taken in one commit and finished in the next, with the next batch's
 * taking; no fairness between tenants, no limit, no lease to check. With `recorded`, what a run keeps of both is written,
 * too: nothing is asked, read back or told to anybody.
 * @param {import('./system.mjs').Places} places
 * @param {{ recorded: boolean }} options
 * @returns {Promise<import('./system.mjs').System>}
 */
export async function open({ databaseUrl }, { recorded }) {
  await migrateUp(databaseUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL_SIZE });
  await makeMembers(pool, TENANTS);
  const texts = recorded ? RECORDED : BARE;

  const lane = async (/** @type {number} */ most) => {
    const client = await pool.connect();
    const take = async () => {
      const { rows } = await client.query({ name: 'floor-take', text: texts.take, values: [most] });
      return rows.map(({ id }) => id);
    };
    try {
      for (let ids = await take(); ids.length > 0;) {
        await client.query('begin');
        await client.query({ name: 'floor-finish', text: texts.finish, values: [ids] });
        ids = await take();
        await client.query('commit');
      }
    } finally {
      client.release();
    }
  };

  return {
    reset: () => removeRuns(pool),
    start: () => Promise.reject(new Error('It is measured by its completions alone.')),
    collide: undefined,
    preload: async (count) => {
      await pool.query(PRELOAD, [count, TENANTS]);
    },
    drains: {
      batched: (_count, inFlight) =>
        timed(async () => {
          await Promise.all(Array.from({ length: Math.min(inFlight, LANES) }, () => lane(BATCH)));
        }),
    },
    waiting: async () => {
      const { rows } = await pool.query(
        `select count(*)::int as runs from operation_runs where status in ('queued', 'running')`,
      );
      return rows[0].runs;
    },
  };
}
