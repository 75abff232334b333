import { outcomeOf, type StopReason, type SummaryCounts } from '#libs/run-kit/src/run-outcome.js';
import type { Database } from '../../../src/platform/database/database.js';
import { RUN_TYPES } from './properties-engine.js';
import { BREACHES } from './properties-witness.js';

/** What must never happen has happened. */
export class InvariantBroken extends Error {}

/** The table that completed runs are copied to when they are first seen. */
export const SHADOW = 'CREATE TABLE completed_runs_seen (id bigint PRIMARY KEY, run jsonb NOT NULL)';

/** Each answers the runs (or entries) that break it, among the tenants in $1. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  'I1: a completed run never changes': `
    SELECT s.id FROM completed_runs_seen s LEFT JOIN operation_runs r USING (id)
    WHERE (s.run ->> 'tenant_id')::uuid = ANY ($1) AND s.run IS DISTINCT FROM to_jsonb(r)`,
  'I2: one completion is committed of each completed run, and none of others': `
    SELECT r.id FROM operation_runs r
    WHERE r.tenant_id = ANY ($1) AND (r.status = 'completed')::int <> (
      SELECT count(*) FROM operation_run_events e WHERE e.run_id = r.id AND e.kind = 'completed')`,
  'I3: every claim has an epoch of its own': `
    SELECT r.id FROM operation_runs r
    WHERE r.tenant_id = ANY ($1) AND r.lease_epoch <> (
      SELECT count(*) FROM operation_run_events e WHERE e.run_id = r.id AND e.kind = 'claimed')`,
  'I4: status and outcome agree': `
    SELECT id FROM operation_runs WHERE tenant_id = ANY ($1)
      AND ((status = 'completed') <> (outcome <> 'pending') OR (status = 'completed') <> (completed_at IS NOT NULL)
        OR (status = 'running') <> (lease_expires_at IS NOT NULL) OR (status = 'running') <> (slot IS NOT NULL))`,
  'I5: what a worker wrote with its finish is of the last epoch': `
    SELECT id FROM operation_runs
    WHERE tenant_id = ANY ($1) AND context ? 'epoch' AND (context ->> 'epoch')::int <> lease_epoch`,
  'I6: one active run per tenant and identity': `
    SELECT min(id) AS id FROM operation_runs WHERE tenant_id = ANY ($1) AND status <> 'completed'
    GROUP BY tenant_id, run_identity_hash HAVING count(*) > 1`,
  'I7: one queued note of a run that was queued, one terminal note of one that is completed, for its initiator': `
    SELECT r.id FROM operation_runs r
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE kind = 'queued') AS queued, count(*) FILTER (WHERE kind = 'terminal') AS terminal,
        count(*) FILTER (WHERE n.user_id IS DISTINCT FROM r.user_id OR n.outcome <> r.outcome) AS wrong
      FROM notifications n WHERE n.run_id = r.id) n
    WHERE r.tenant_id = ANY ($1) AND (n.wrong > 0
      OR n.queued <> (r.user_id IS NOT NULL AND EXISTS (
        SELECT FROM operation_run_events e WHERE e.run_id = r.id AND e.kind = 'queued'))::int
      OR n.terminal <> (r.user_id IS NOT NULL AND r.status = 'completed')::int)`,
  'I8: items add up to the counts': `
    SELECT r.id FROM operation_runs r
    CROSS JOIN LATERAL (
      SELECT jsonb_build_object('total', count(*), 'processed', count(*), 'success', count(*) FILTER (WHERE result = 'success'),
        'failed', count(*) FILTER (WHERE result = 'failed'), 'skipped', count(*) FILTER (WHERE result = 'skipped')) AS counts
      FROM operation_run_items i WHERE i.run_id = r.id) i
    WHERE r.tenant_id = ANY ($1) AND r.status = 'completed' AND r.summary_counts <> i.counts`,
  'I9: nothing of one tenant is about another': `
    SELECT e.id FROM operation_runs r JOIN (
      SELECT id, run_id, tenant_id FROM operation_run_items UNION ALL
      SELECT id, run_id, tenant_id FROM operation_run_events UNION ALL
      SELECT 0, run_id, tenant_id FROM notifications UNION ALL
      SELECT id, subject_id::bigint, tenant_id FROM audit_entries WHERE subject_type = 'operation_run' UNION ALL
      SELECT id, retry_of, tenant_id FROM operation_runs) e ON e.run_id = r.id
    WHERE (r.tenant_id = ANY ($1) OR e.tenant_id = ANY ($1)) AND e.tenant_id <> r.tenant_id
    UNION ALL
    SELECT r.id FROM operation_runs r LEFT JOIN memberships m ON m.user_id = r.user_id AND m.tenant_id = r.tenant_id
    WHERE r.tenant_id = ANY ($1) AND r.user_id IS NOT NULL AND m.user_id IS NULL`,
  'no more runs of a type work at once in a tenant than its limit': `
    SELECT min(r.id) AS id FROM operation_runs r
    JOIN jsonb_to_recordset($2::jsonb) AS t (kind text, most integer) ON t.kind = r.type
    WHERE r.tenant_id = ANY ($1) AND r.status = 'running' GROUP BY r.tenant_id, r.type, t.most HAVING count(*) > t.most`,
  'no run is taken more often than its type allows': `
    SELECT r.id FROM operation_runs r
    JOIN jsonb_to_recordset($2::jsonb) AS t (kind text, attempts integer) ON t.kind = r.type
    WHERE r.tenant_id = ANY ($1) AND r.attempt > t.attempts`,
  'no held run is worked': `
    SELECT id FROM operation_runs WHERE tenant_id = ANY ($1) AND held_until IS NOT NULL AND status <> 'queued'`,
  'every run has one audit entry of how it began': `
    SELECT r.id FROM operation_runs r
    WHERE r.tenant_id = ANY ($1) AND 1 <> (
      SELECT count(DISTINCT a.action) FROM audit_entries a
      WHERE a.subject_type = 'operation_run' AND a.subject_id = r.id::text AND a.action ~ '\\.(start|hold)$'
        AND (a.action ~ 'hold$' OR NOT EXISTS (
          SELECT FROM operation_run_events e WHERE e.run_id = r.id AND e.kind = 'held')))`,
  'the totals are those of the rows': `
    SELECT min(tenant_id::text) AS id FROM (
      SELECT tenant_id, type, outcome, 1 AS runs FROM operation_runs WHERE status = 'completed' UNION ALL
      SELECT tenant_id, type, outcome, -runs FROM operation_run_totals UNION ALL
      SELECT tenant_id, type, outcome, -runs FROM operation_run_total_deltas) AS both_sides
    WHERE tenant_id = ANY ($1) GROUP BY tenant_id, type, outcome HAVING sum(runs) <> 0`,
};

const CHECK = Object.entries({ ...FORBIDDEN, ...BREACHES })
  .map(([name, sql]) => `SELECT '${name}' AS name, id::text AS id FROM (${sql}) AS broken`)
  .join('\nUNION ALL\n');

/** What each type allows, as JSON: `kind`, `most` at once in a tenant, and `attempts`. */
export const LIMITS = JSON.stringify(
  RUN_TYPES.map(({ kind, limitPerTenant, maxAttempts }) => ({ kind, most: limitPerTenant, attempts: maxAttempts })),
);

/** Throws with the names of the invariants that the rows of these tenants break, and with the runs. */
export async function checkInvariants(database: Database, tenantIds: readonly string[]): Promise<void> {
  const broken = await database.query<{ name: string; id: string }>(CHECK, [tenantIds, LIMITS]);
  if (broken.length > 0) throw new InvariantBroken(broken.map(({ name, id }) => `${name} (run ${id})`).join('\n'));
  await checkOutcomes(database, tenantIds);
  await database.query(
    `INSERT INTO completed_runs_seen SELECT id, to_jsonb(r) FROM operation_runs r
     WHERE tenant_id = ANY ($1) AND status = 'completed' ON CONFLICT DO NOTHING`,
    [tenantIds],
  );
}

/** I8, the other half: what a worker completed has the outcome that follows from its counts and the reason it stopped. */
async function checkOutcomes(database: Database, tenantIds: readonly string[]): Promise<void> {
  const rows = await database.query<{ id: string; outcome: string; counts: SummaryCounts; stop: StopReason }>(
    `SELECT id, outcome, summary_counts AS counts, context ->> 'stop' AS stop FROM operation_runs
     WHERE tenant_id = ANY ($1) AND status = 'completed' AND context ? 'stop'`,
    [tenantIds],
  );
  for (const { id, outcome, counts, stop } of rows) {
    const follows = outcomeOf(counts, stop);
    if (outcome !== follows)
      throw new InvariantBroken(`I8: the outcome follows from the counts: ${follows}, not ${outcome} (run ${id})`);
  }
}
