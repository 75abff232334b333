import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';

const TENANTS = 50;
const USERS = 200;
const ACTIVE = 500;
/** So many runs of the rare type there are, all in the largest tenant. */
export const RARE_RUNS = 20;
export const RARE_TYPE = 'restore.execute';
/** A word that only the rare runs have in their subject. */
export const RARE_WORD = 'Heliotrope';

/**
 * @typedef {object} Seeded
 * @property {string} tenantId the tenant with two runs of five
 * @property {string} token an API token of one of its members
 */

/**
 * Fills a migrated database with `runs` runs of 50 tenants, one with 40 % of them, over a year; 2 % failed, 500 active.
 * Their events, items and notes are left out: no list reads them.
 * @param {string} superuserUrl foreign keys hold by construction and are not checked again, which takes half of the time
 * @param {number} runs
 * @returns {Promise<Seeded>}
 */
export async function seedRuns(superuserUrl, runs) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { tenantIds, userIds } = await seedTenants(client);
    const [tenantId = '', ...others] = tenantIds;
    await client.query(`set session_replication_role = replica`);
    await client.query('select setseed(0.42)');
    await client.query(INSERT_RUNS, [runs, tenantId, others, userIds, ACTIVE, RARE_RUNS, RARE_TYPE, RARE_WORD]);
    await client.query(
      `insert into operation_run_totals (tenant_id, type, outcome, runs)
       select tenant_id, type, outcome, count(*) from operation_runs where status = 'completed' group by 1, 2, 3`,
    );
    await client.query('vacuum (analyze)');
    return { tenantId, token: await tokenOf(client, userIds[0] ?? '') };
  } finally {
    await client.end();
  }
}

/** Every user is a member of every tenant; the first is the one who looks. */
async function seedTenants(/** @type {pg.Client} */ client) {
  const tenants = await client.query(
    `insert into tenants (name, entra_tenant_id) select 'Tenant ' || n, gen_random_uuid() from generate_series(1, $1::int) n
     returning id`,
    [TENANTS],
  );
  const users = await client.query(
    `insert into users (email, name) select 'user-' || n || '@bench.example', 'User ' || n from generate_series(1, $1::int) n
     returning id`,
    [USERS],
  );
  await client.query(
    `insert into memberships (tenant_id, user_id, role) select t.id, u.id, 'Readonly' from tenants t cross join users u`,
  );
  return {
    tenantIds: /** @type {string[]} */ (tenants.rows.map((row) => row.id)),
    userIds: /** @type {string[]} */ (users.rows.map((row) => row.id)),
  };
}

async function tokenOf(/** @type {pg.Client} */ client, /** @type {string} */ userId) {
  const token = `ta_${randomBytes(32).toString('base64url')}`;
  await client.query('insert into api_tokens (user_id, name, token_hash) values ($1, $2, $3)', [
    userId,
    'bench',
    createHash('sha256').update(token).digest(),
  ]);
  return token;
}

/**
 * $1 runs, $2 the large tenant, $3 the others, $4 users, $5 active, $6 rare runs, $7 their type, $8 their word. A run
 * takes seconds to half an hour; the active ones are the last.
 */
const INSERT_RUNS = `
  INSERT INTO operation_runs (tenant_id, user_id, initiator_name, type, status, outcome, run_identity_hash, payload,
    context, subject_type, subject_id, subject_name, summary_counts, failure_summary, correlation_id, dispatched_at,
    lease_epoch, lease_expires_at, attempt, claimed_at, started_at, completed_at,
    queued_at, created_at, updated_at)
  SELECT tenant_id, user_id, initiator_name, type, status, outcome, sha256(n::text::bytea),
    jsonb_build_object('selection', jsonb_build_array('deviceConfigurations', 'configurationPolicies')),
    CASE WHEN status = 'completed' THEN jsonb_build_object('syncRunId', n) ELSE '{}' END,
    'tenant', n::text, CASE WHEN rare THEN $8 || ' baseline ' ELSE 'Baseline ' END || (n % 5000),
    jsonb_build_object('total', 120, 'processed', 120, 'success', 118, 'skipped', 0,
      'failed', CASE WHEN outcome IN ('failed', 'partially_succeeded') THEN 2 ELSE 0 END),
    CASE WHEN outcome IN ('failed', 'partially_succeeded') THEN jsonb_build_array(jsonb_build_object('code', 'graph.throttled',
      'message', 'Microsoft Graph asked to slow down; start it again later.', 'count', 2)) ELSE '[]' END,
    md5(n::text), created_at, CASE status WHEN 'queued' THEN 0 ELSE 1 END,
    CASE status WHEN 'running' THEN now() + interval '1 day' END, CASE status WHEN 'queued' THEN 0 ELSE 1 END,
    CASE WHEN status <> 'queued' THEN created_at + interval '1 second' END,
    CASE WHEN status <> 'queued' THEN created_at + interval '1 second' END,
    CASE WHEN status = 'completed' THEN created_at + took END, created_at, created_at, created_at + took
  FROM (
    SELECT n, rare,
      CASE WHEN rare OR r_tenant < 0.4 THEN $2::uuid
        ELSE ($3::uuid[])[1 + floor((r_tenant - 0.4) / 0.6 * cardinality($3::uuid[]))::int] END AS tenant_id,
      ($4::uuid[])[1 + floor(r_user * cardinality($4::uuid[]))::int] AS user_id,
      'User ' || (1 + floor(r_user * cardinality($4::uuid[]))::int) AS initiator_name,
      CASE WHEN rare THEN $7 WHEN r_type < 0.5 THEN 'inventory.sync' WHEN r_type < 0.8 THEN 'drift.generate'
        WHEN r_type < 0.95 THEN 'backup_set.add_policies' ELSE 'directory_groups.sync' END AS type,
      CASE WHEN n <= $1 - $5 THEN 'completed' WHEN r_outcome < 0.5 THEN 'running' ELSE 'queued' END AS status,
      CASE WHEN n > $1 - $5 THEN 'pending' WHEN r_outcome < 0.02 THEN 'failed' WHEN r_outcome < 0.05 THEN 'partially_succeeded'
        WHEN r_outcome < 0.06 THEN 'cancelled' ELSE 'succeeded' END AS outcome,
      now() - interval '365 days' * (1 - (n - r_time) / $1) AS created_at,
      interval '2 seconds' + interval '30 minutes' * r_time * r_time AS took
    FROM (
      SELECT n, n % greatest($1 / $6, 1) = 7 AND n <= $1 - $5 AS rare, random() AS r_tenant, random() AS r_user,
        random() AS r_type, random() AS r_outcome, random() AS r_time
      FROM generate_series(1, $1::int) n
    ) numbered
  ) drawn
  ORDER BY n`;
