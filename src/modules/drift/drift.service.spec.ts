import { beforeEach, describe, expect, it } from '@jest/globals';
import { SYSTEM } from '../../platform/context/actor.js';
import { grantTenantScope } from '../../platform/database/tenant-scope.js';
import type { InventoryFacade, SyncRunRef, UsableRuns } from '../inventory/inventory.facade.js';
import type { OperationRunService } from '../operations/operation-run.service.js';
import { DriftService } from './drift.service.js';
import type { LastComparison, LastComparisonLookup } from './last-comparison.js';

const SCOPE = grantTenantScope('00000000-0000-4000-8000-000000000001');

function syncRun(id: string, given: Partial<SyncRunRef> = {}): SyncRunRef {
  return {
    id,
    operationRunId: `1${id}`,
    scopeKey: 'all',
    outcome: 'succeeded',
    finishedAt: `2026-01-0${id}T00:00:00.000Z`,
    coverage: [{ type: 'settingsCatalog', state: 'read', policies: 1, reasonCode: null }],
    ...given,
  };
}

describe('DriftService', () => {
  let runs: SyncRunRef[];
  let started: unknown[];
  let held: string[][];
  let compared: LastComparison | null;
  let drift: DriftService;

  beforeEach(() => {
    runs = [];
    started = [];
    held = [];
    compared = null;
    const inventory = {
      holdSyncRuns: async (_: unknown, ids: string[]) => void held.push(ids),
      defaultScopeKey: () => 'all',
      syncRun: async (_: unknown, id: string) => runs.find((run) => run.id === id),
      syncRuns: async (_: unknown, scopeKey: string, { limit, before, outcomes }: UsableRuns) =>
        runs
          .filter((run) => run.scopeKey === scopeKey)
          .filter((run) => before == null || Number(run.id) < Number(before))
          .filter((run) => outcomes === undefined || outcomes.includes(run.outcome))
          .sort((a, b) => Number(b.id) - Number(a.id))
          .slice(0, limit),
    };
    const operations = { start: async (...[, , , payload]: unknown[]) => void started.push(payload) };
    const comparisons = { of: async (_: unknown, scopeKey: string) => (scopeKey === 'all' ? compared : null) };
    drift = new DriftService(
      inventory as unknown as InventoryFacade,
      operations as unknown as OperationRunService,
      comparisons as unknown as LastComparisonLookup,
    );
  });

  const generate = (request = {}) => drift.generate(SCOPE, SYSTEM, request);
  const refusal = (code: string, message: RegExp) => ({ code, message: expect.stringMatching(message) });

  it('refuses while there are not two sync runs, and says what is missing', async () => {
    await expect(generate()).rejects.toMatchObject({
      kind: 'conflict',
      ...refusal('drift.not_enough_runs', /no finished/),
    });
    runs = [syncRun('1')];
    await expect(generate()).rejects.toMatchObject(refusal('drift.not_enough_runs', /only one/));
    await expect(drift.status(SCOPE)).resolves.toMatchObject({ ready: false, syncRuns: 1, baseline: null });
    runs = [syncRun('1', { outcome: 'partially_succeeded' }), syncRun('2')];
    await expect(generate()).rejects.toMatchObject(refusal('drift.not_enough_runs', /succeeded fully/));
    expect(started).toEqual([]);
  });

  it('compares the newest run, partial or not, with the newest fully succeeded one before it', async () => {
    runs = [
      syncRun('1'),
      syncRun('2', { outcome: 'partially_succeeded' }),
      syncRun('3', { outcome: 'partially_succeeded', coverage: [] }),
      syncRun('4', { scopeKey: 'other' }),
    ];
    await generate();
    expect(started).toEqual([{ scopeKey: 'all', baselineRunId: '1', currentRunId: '3' }]);
    await expect(drift.status(SCOPE)).resolves.toEqual({
      scopeKey: 'all',
      ready: true,
      syncRuns: 3,
      missing: null,
      baseline: { id: '1', outcome: 'succeeded', finishedAt: '2026-01-01T00:00:00.000Z' },
      current: { id: '3', outcome: 'partially_succeeded', finishedAt: '2026-01-03T00:00:00.000Z' },
      notCompared: [{ type: 'settingsCatalog', reason: 'This type was not part of the current sync run.' }],
      lastComparison: null,
    });
  });

  it('says whether drift ever ran for the scope, and when', async () => {
    await expect(drift.status(SCOPE)).resolves.toMatchObject({ lastComparison: null });
    compared = {
      runId: '8',
      outcome: 'succeeded',
      at: '2026-01-04T00:00:00.000Z',
      baselineRunId: '1',
      currentRunId: '2',
      newFindings: 0,
    };
    await expect(drift.status(SCOPE)).resolves.toMatchObject({ lastComparison: compared });
    await expect(drift.status(SCOPE, { scopeKey: 'other' })).resolves.toMatchObject({ lastComparison: null });
  });

  it('takes the runs that are named, and their scope', async () => {
    runs = [syncRun('1', { scopeKey: 'some' }), syncRun('2', { scopeKey: 'some' }), syncRun('3', { scopeKey: 'some' })];
    await expect(drift.status(SCOPE, { baselineRunId: '1', currentRunId: '2' })).resolves.toMatchObject({
      scopeKey: 'some',
      baseline: { id: '1' },
      current: { id: '2' },
    });
    await generate({ baselineRunId: '1' });
    await generate({ currentRunId: '2' });
    await generate({ scopeKey: 'some' });
    expect(started).toEqual([
      { scopeKey: 'some', baselineRunId: '1', currentRunId: '3' },
      { scopeKey: 'some', baselineRunId: '1', currentRunId: '2' },
      { scopeKey: 'some', baselineRunId: '2', currentRunId: '3' },
    ]);
  });

  it('says that what is older than a named run was not found, however many are newer', async () => {
    runs = [syncRun('1'), syncRun('2'), syncRun('3')];
    await expect(generate({ currentRunId: '1' })).rejects.toMatchObject(refusal('drift.not_enough_runs', /No earlier/));
  });

  it('finds what succeeded fully before any number of syncs that did not, and what is before a named one', async () => {
    const partial = Array.from({ length: 500 }, (_, at) =>
      syncRun(String(at + 3), { outcome: 'partially_succeeded', finishedAt: '2026-01-03T00:00:00.000Z' }),
    );
    runs = [syncRun('1'), syncRun('2'), ...partial];
    await generate();
    await generate({ currentRunId: '10' });
    await generate({ currentRunId: '2' });
    expect(started).toEqual([
      { scopeKey: 'all', baselineRunId: '2', currentRunId: '502' },
      { scopeKey: 'all', baselineRunId: '2', currentRunId: '10' },
      { scopeKey: 'all', baselineRunId: '1', currentRunId: '2' },
    ]);
    runs = partial;
    await expect(generate({ currentRunId: '10' })).rejects.toMatchObject(
      refusal('drift.not_enough_runs', /succeeded fully/),
    );
  });

  it('holds what it is going to compare, and nothing for a look', async () => {
    runs = [syncRun('1'), syncRun('2')];
    await drift.status(SCOPE);
    expect(held).toEqual([]);
    await generate();
    expect(held).toEqual([['1', '2']]);
  });

  it('refuses runs that do not go together', async () => {
    runs = [syncRun('1'), syncRun('2'), syncRun('3', { scopeKey: 'other' })];
    const unlike = { kind: 'unprocessable', code: 'drift.runs_not_comparable' };
    await expect(generate({ baselineRunId: '2', currentRunId: '1' })).rejects.toMatchObject(unlike);
    await expect(generate({ baselineRunId: '2', currentRunId: '2' })).rejects.toMatchObject(unlike);
    await expect(generate({ baselineRunId: '1', currentRunId: '3' })).rejects.toMatchObject(unlike);
    await expect(generate({ scopeKey: 'other', baselineRunId: '1' })).rejects.toMatchObject(unlike);
    await expect(generate({ baselineRunId: '99' })).rejects.toMatchObject({ code: 'access.denied' });
    expect(started).toEqual([]);
  });
});
