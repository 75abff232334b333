import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { BenchRun, BenchRunModule } from './bench-run.mjs';
import {
  grantTenantScope,
  JobTransport,
  NotificationsModule,
  OperationRunService,
  OperationsModule,
  OperationsWorkerModule,
  PlatformModule,
  RunCompletion,
  RunHandover,
  RunTaker,
} from './modules.mjs';

/** What stays between cells: what is here before the first run, and the audit trail, which refuses to be emptied. */
const KEPT_TABLES = ['schema_migrations', 'tenants', 'users', 'memberships', 'migration', 'audit_entries'];

/** @type {import('../../../src/modules/operations/data/finish-statement.js').Finish} */
const DONE = {
  outcome: 'succeeded',
  counts: { total: 1, processed: 1, success: 1, failed: 0, skipped: 0 },
  failures: [],
  context: {},
  items: [],
};

class ProducerModule {}
Module({ imports: [PlatformModule, NotificationsModule, BenchRunModule, OperationsModule] })(ProducerModule);

class WorkerModule {}
Module({ imports: [ProducerModule, OperationsWorkerModule] })(WorkerModule);

/**
 * The product's run engine in this process, on what its environment names. It is reached by its doors alone: this is the
 * one file to follow when they change.
 * @param {{ worker: boolean }} options with `worker`, it works its queues as a worker process does
 */
export async function openEngine({ worker }) {
  const app = await NestFactory.createApplicationContext(worker ? WorkerModule : ProducerModule, {
    logger: ['error', 'warn'],
  });
  const service = app.get(OperationRunService);
  const taker = app.get(RunTaker);
  const handover = app.get(RunHandover);
  const completion = app.get(RunCompletion);
  const transport = app.get(JobTransport);

  const closing = new AbortController();

  const complete = async (/** @type {Lease} */ { runId, epoch }) => {
    const row = await completion.complete({ by: 'lease', runId, epoch }, DONE);
    if (!row) throw new Error(`Run ${runId} could not be completed.`);
  };

  /**
   * Works what a ring leads to, and goes on while more waits, as the product's worker does.
   * @param {string | undefined} rungFor @param {() => void} worked is told of every run
   */
  const workShift = async (rungFor, worked) => {
    let held = await taker.take(BenchRun.queue, rungFor);
    while (held) {
      const { row, next } = await handover.complete(held, DONE, { queue: BenchRun.queue, until: closing.signal });
      if (!row) throw new Error(`Run ${held.id} could not be completed.`);
      worked();
      if (next === 'nothing' || closing.signal.aborted) return;
      held = next === 'unknown' ? await taker.takeMore(BenchRun.queue) : next;
    }
  };

  return {
    /**
     * @param {Member} member
     * @param {{ subject: string, workMs: number }} payload
     * @returns {Promise<{ id: string, created: boolean }>}
     */
    start: async ({ tenantId, actor }, payload) => {
      const { run, created } = await service.start(grantTenantScope(tenantId), actor, BenchRun, payload);
      return { id: run.id, created };
    },
    complete,
    /**
     * Works what waits, without the doorbell.
     * @param {number} inFlight
     */
    workAll: async (inFlight) => {
      await Promise.all(Array.from({ length: inFlight }, () => workShift(undefined, () => undefined)));
    },
    /**
     * Answers rings, `inFlight` at once, until the engine is closed.
     * @param {number} inFlight
     * @param {() => void} worked is told of every run
     */
    listen: (inFlight, worked) => transport.listen(BenchRun.queue, inFlight, ({ runId }) => workShift(runId, worked)),
    close: () => {
      closing.abort();
      return app.close();
    },
  };
}

/** @typedef {{ runId: string, epoch: number }} Lease */

/** @typedef {{ tenantId: string, actor: { kind: 'user', userId: string, name: string } }} Member */

/**
 * Makes tenants with one member each.
 * @param {pg.Pool} pool
 * @param {number} count
 * @returns {Promise<Member[]>}
 */
export async function makeMembers(pool, count) {
  /** @type {Member[]} */
  const members = [];
  for (let i = 0; i < count; i += 1) {
    const name = `Member ${i}`;
    const { rows } = await pool.query(
      `with tenant as (insert into tenants (name, entra_tenant_id) values ($1, $2) returning id),
         person as (insert into users (email, name) values ($3, $4) returning id),
         membership as (insert into memberships (tenant_id, user_id, role)
           select tenant.id, person.id, 'Operator' from tenant, person)
       select tenant.id as tenant_id, person.id as user_id from tenant, person`,
      [`Tenant ${i}`, randomUUID(), `member-${i}@bench.example`, name],
    );
    members.push({ tenantId: rows[0].tenant_id, actor: { kind: 'user', userId: rows[0].user_id, name } });
  }
  return members;
}

/**
 * Removes every run with all that hangs on it, and every job that PostgreSQL keeps.
 * @param {pg.Pool} pool
 */
export async function removeRuns(pool) {
  const { rows } = await pool.query(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables
     where schemaname in ('public', 'bullmq') and tablename <> all ($1)`,
    [KEPT_TABLES],
  );
  await pool.query(`truncate ${rows[0].tables} cascade`);
}

/**
 * Claims every waiting run in one statement, as no worker could, so that completion can be measured alone.
 * @param {pg.Pool} pool
 * @returns {Promise<Lease[]>}
 */
export async function claimAll(pool) {
  const { rows } = await pool.query(
    `update operation_runs set status = 'running', lease_epoch = lease_epoch + 1, attempt = attempt + 1,
       claimed_at = now(), started_at = now(), lease_expires_at = now() + interval '1 hour', updated_at = now()
     where status = 'queued' returning id as "runId", lease_epoch as epoch`,
  );
  return rows;
}
