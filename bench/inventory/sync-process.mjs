import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { makeMembers } from '../runs/engine/engine.mjs';
import {
  grantTenantScope,
  migrateUp,
  NotificationsModule,
  OperationRunService,
  OperationsModule,
  PlatformModule,
} from '../runs/engine/modules.mjs';
import { answerParent } from '../runs/process/messages.mjs';
import {
  createGraphClient,
  createMsalTokenSource,
  FollowedClock,
  InventoryModule,
  InventorySync,
  InventorySyncRun,
  normaliseSelection,
} from './modules.mjs';

/** The product's sync in a process of its own, so that its memory is its own: asked by the parent. */
class SyncModule {}
Module({ imports: [PlatformModule, NotificationsModule, OperationsModule, InventoryModule] })(SyncModule);

const databaseUrl = process.env.DATABASE_URL ?? '';
await migrateUp(databaseUrl);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
const app = await NestFactory.createApplicationContext(SyncModule, { logger: ['error'] });
const [, , given] = process.argv;
const member = /** @type {import('../runs/engine/engine.mjs').Member} */ (
  given === undefined ? (await makeMembers(pool, 1))[0] : await memberOf(given)
);
const scope = grantTenantScope(member.tenantId);

answerParent({ sync });
process.send?.('ready');

/**
 * @param {{ graph: { graphOrigin: string, loginOrigin: string, loginAuthority: string, controlOrigin: string },
 *   connection: { entraTenantId: string, clientId: string, clientSecret: string }, virtual: boolean }} order
 */
async function sync({ graph, connection, virtual }) {
  const tokens = createMsalTokenSource({ ...connection, ...graph });
  const clock = virtual ? await FollowedClock.of(graph.controlOrigin) : undefined;
  const client = createGraphClient({
    graphOrigin: graph.graphOrigin,
    tokens,
    ...(clock ? { clock, observer: clock.observer } : { limits: { requestsPerWindow: 1e9 } }),
  });
  const { run } = await app.get(OperationRunService).start(scope, member.actor, InventorySyncRun, {});
  const before = await rowsWritten();
  const beganAt = clock?.now() ?? 0;
  const peak = watchMemory();
  const real = performance.now();
  const synced = await app.get(InventorySync, { strict: false }).run(scope, client, {
    operationRunId: run.id,
    attempt: 1,
    selection: normaliseSelection({}),
    signal: new AbortController().signal,
    mayWrite: () => Promise.resolve(),
    onType: () => undefined,
  });
  const seconds = (performance.now() - real) / 1000;
  await pool.query(
    `update operation_runs set status = 'completed', outcome = 'succeeded', completed_at = now() where id = $1`,
    [run.id],
  );
  return {
    virtualSeconds: clock ? (clock.now() - beganAt) / 1000 : null,
    realSeconds: seconds,
    peakMb: peak() / 2 ** 20,
    outcome: synced.outcome,
    policies: synced.policies,
    versionsWritten: synced.versions_written,
    notRead: synced.coverage.filter(({ state }) => state !== 'read').map(({ type, state }) => `${type}: ${state}`),
    rows: subtract(await rowsWritten(), before),
  };
}

/** Somebody of a tenant that is there already. */
async function memberOf(/** @type {string} */ tenantId) {
  const { rows } = await pool.query(
    `select u.id, u.name from memberships m join users u on u.id = m.user_id where m.tenant_id = $1 limit 1`,
    [tenantId],
  );
  return { tenantId, actor: { kind: 'user', userId: rows[0].id, name: rows[0].name } };
}

/** Answers the most memory that this process had resident since, in bytes. */
function watchMemory() {
  globalThis.gc?.();
  let most = process.memoryUsage.rss();
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
  return () => {
    clearInterval(timer);
    return Math.max(most, process.memoryUsage.rss());
  };
}

/** Rows inserted, updated and deleted so far, by table. */
async function rowsWritten() {
  await new Promise((resolve) => setTimeout(resolve, 11_000)); // an idle connection tells what it counted after ten seconds
  const { rows } = await pool.query(
    `select relname as table, n_tup_ins + n_tup_upd + n_tup_del as rows from pg_stat_user_tables where schemaname = 'public'`,
  );
  return new Map(rows.map(({ table, rows: written }) => [String(table), Number(written)]));
}

/**
 * @param {Map<string, number>} after
 * @param {Map<string, number>} before
 */
function subtract(after, before) {
  return Object.fromEntries(
    [...after].flatMap(([table, rows]) => {
      const more = rows - (before.get(table) ?? 0);
      return more === 0 || table.startsWith('operation_') || table === 'audit_entries' || table === 'notifications'
        ? []
        : [[table, more]];
    }),
  );
}
