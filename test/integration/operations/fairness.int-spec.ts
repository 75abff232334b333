import { afterEach, describe, expect, it } from '@jest/globals';
import { RunClaimsRepository } from '../../../src/modules/operations/data/run-claims.repository.js';
import type { RunRow } from '../../../src/modules/operations/data/run-row.js';
import { RunCompletion } from '../../../src/modules/operations/work/run-completion.js';
import { createDataSource } from '../../../src/platform/database/data-source.js';
import { Database } from '../../../src/platform/database/database.js';
import { eventually } from '../../support/eventually.js';
import { somebodyWaits } from '../../support/somebody-waits.js';
import { done, ProbeRun } from './engine.js';
import { StartedEngine, type Starter } from './started-engine.js';

// Real here: PostgreSQL and the engine. The tests claim by hand, as workers would.

const LANES = [{ kind: ProbeRun.kind, limitPerTenant: ProbeRun.limitPerTenant }];

describe('the order in which runs are worked', () => {
  let engine: StartedEngine;
  afterEach(() => engine?.close());

  function claimMany(rungFor: readonly (string | undefined)[]): Promise<RunRow[]> {
    return engine.context.get(RunClaimsRepository, { strict: false }).claim(LANES, rungFor, 60);
  }

  async function claim(rungFor?: string): Promise<RunRow | undefined> {
    return (await claimMany([rungFor]))[0];
  }

  async function finish(row: RunRow): Promise<void> {
    const finished = await engine.context
      .get(RunCompletion, { strict: false })
      .complete(
        { by: 'lease', runId: row.id, epoch: row.lease_epoch },
        { outcome: 'succeeded', counts: row.summary_counts, failures: [], context: {}, items: [] },
      );
    expect(finished?.status).toBe('completed');
  }

  async function queueMany(of: Starter, runs: number): Promise<string[]> {
    const started = await Promise.all(Array.from({ length: runs }, () => engine.start(of)));
    return started.map(({ id }) => id);
  }

  it('lets a tenant’s first run wait for one job of another’s thousand at most', async () => {
    engine = await StartedEngine.on({}, { worker: false });
    const hog = engine.first;
    const small = await engine.another();
    const ids = await queueMany(hog, 1_000);
    const working = await claim(ids[0]);
    expect(working?.tenant_id).toBe(hog.tenant.id);
    const [first] = await queueMany(small, 1);
    await finish(working as RunRow);
    const next = await claim(ids[1]);
    expect(next?.id).toBe(first);
    const after = await claim(ids[2]);
    expect(after?.tenant_id).toBe(hog.tenant.id);
  });

  it('takes turns between tenants when one worker serves them all', async () => {
    engine = await StartedEngine.on({}, { worker: false });
    const tenants = [engine.first, await engine.another(), await engine.another()];
    for (const tenant of tenants) await queueMany(tenant, 4);
    const served: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      const row = await claim();
      served.push(row?.tenant_id ?? 'nobody');
      await finish(row as RunRow);
    }
    for (let round = 0; round < 4; round += 1) expect(new Set(served.slice(round * 3, round * 3 + 3)).size).toBe(3);
    expect(await claim()).toBeUndefined();
  });

  it('never gives a tenant more than its limit, however many workers reach for it at once', async () => {
    engine = await StartedEngine.on({}, { worker: false });
    const ids = await queueMany(engine.first, 30);
    const claimed = (await Promise.all(ids.map((id) => claim(id)))).filter((row) => row !== undefined);
    expect(claimed).toHaveLength(ProbeRun.limitPerTenant);
    expect(new Set(claimed.map(({ id }) => id)).size).toBe(claimed.length);
    await finish(claimed[0] as RunRow);
    expect(await claim()).toBeDefined();
    expect(await claim()).toBeUndefined();
  });

  it('is as fair and as strict when one look takes many', async () => {
    engine = await StartedEngine.on({}, { worker: false });
    const tenants = [engine.first, await engine.another(), await engine.another()];
    const ids = await queueMany(engine.first, 20);
    for (const tenant of tenants.slice(1)) await queueMany(tenant, 3);
    const rows = await claimMany(ids.slice(0, 9));
    const of = (tenant: Starter): number => rows.filter((row) => row.tenant_id === tenant.tenant.id).length;
    expect(tenants.map(of)).toEqual([3, 3, 3]);
    expect(await claimMany(ids)).toHaveLength(ProbeRun.limitPerTenant - 3);
    expect(await claimMany(ids)).toEqual([]);
  });

  it('waits for a run that somebody just writes to, instead of dropping its ring', async () => {
    engine = await StartedEngine.on({}, { worker: false });
    const [id] = await queueMany(engine.first, 1);
    let claimed: Promise<RunRow | undefined> = Promise.resolve(undefined);
    await engine.db.database.transaction(async () => {
      await engine.db.database.query('UPDATE operation_runs SET updated_at = now() WHERE id = $1', [id ?? '']);
      claimed = engine.db.database.outside(() => claim(id));
      await somebodyWaits(engine.db.database);
    });
    expect((await claimed)?.id).toBe(id);
  });

  it('finds a free run although others claim all that a look sees first', async () => {
    engine = await StartedEngine.on({}, { worker: false });
    const claimers = 12;
    const source = await createDataSource(engine.db.url, { poolSize: claimers }).initialize();
    try {
      const database = new Database(source);
      const claims = new RunClaimsRepository(database);
      for (let i = 0; i < claimers; i += 1) await queueMany(await engine.another(), 1);
      const claimInside = (others: number): Promise<void> =>
        database.transaction(async () => {
          expect(await claims.claim(LANES, [undefined], 60)).toHaveLength(1);
          if (others > 0) await database.outside(() => claimInside(others - 1));
        });
      await claimInside(claimers - 1);
      expect(await claim()).toBeUndefined();
    } finally {
      await source.destroy();
    }
  });

  it('looks anew when all that it saw is gone after it waited, instead of dropping the ring', async () => {
    engine = await StartedEngine.on({}, { worker: false });
    const { database } = engine.db;
    await queueMany(engine.first, 90);
    // Not the last that was asked for: those that are started together are written side by side.
    const [last] = await database.query<{ id: string }>(
      'SELECT id FROM operation_runs ORDER BY created_at DESC, id DESC LIMIT 1',
    );
    let claimed: Promise<RunRow | undefined> = Promise.resolve(undefined);
    await database.transaction(async () => {
      await database.query(
        `UPDATE operation_runs SET status = 'completed', outcome = 'cancelled', completed_at = now() WHERE id <> $1`,
        [last?.id ?? ''],
      );
      claimed = database.outside(() => claim());
      await somebodyWaits(engine.db.database);
    });
    expect((await claimed)?.id).toBe(last?.id);
  });

  it('gives every queued run to exactly one of many workers', async () => {
    engine = await StartedEngine.on({}, { worker: false });
    const tenants = [engine.first, ...(await Promise.all(Array.from({ length: 9 }, () => engine.another())))];
    const ids = (await Promise.all(tenants.map((tenant) => queueMany(tenant, 4)))).flat();
    const claimed = await Promise.all(ids.map((id) => claim(id)));
    expect(claimed.map((row) => row?.id).sort()).toEqual([...ids].sort());
  });

  it('works all runs of a tenant behind its limit, although their rings found it full', async () => {
    engine = await StartedEngine.on({}, { worker: true });
    let most = 0;
    let now = 0;
    engine.follow(async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return { stop: 'finished' };
    });
    const runs = await Promise.all(Array.from({ length: 40 }, () => engine.start()));
    for (const run of runs) await engine.until(run, 'completed');
    expect(most).toBeLessThanOrEqual(ProbeRun.limitPerTenant);
    engine.follow(done);
    await eventually(async () => {
      const [row] = await engine.db.database.query<{ left: number }>(
        `SELECT count(*)::int AS left FROM operation_runs WHERE status <> 'completed'`,
      );
      return row?.left === 0 ? true : undefined;
    });
  });
});
