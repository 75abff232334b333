import { describe, expect, it } from '@jest/globals';
import { grantTenantScope } from '../../platform/database/tenant-scope.js';
import type { OperationsFacade } from '../operations/operations.facade.js';
import { LastComparisonLookup } from './last-comparison.js';

const SCOPE = grantTenantScope('00000000-0000-4000-8000-000000000001');

function completed(id: string, context: object, outcome = 'succeeded'): object {
  return { id, outcome, context, completedAt: `2026-01-0${id}T00:00:00.000Z`, updatedAt: '2026-02-01T00:00:00.000Z' };
}

function lookup(runs: object[], asked: unknown[] = []): LastComparisonLookup {
  const completedRuns = (_: unknown, kind: string, most: number): Promise<object[]> => {
    asked.push({ kind, most });
    return Promise.resolve(runs.slice(0, most));
  };
  return new LastComparisonLookup({ completedRuns } as unknown as OperationsFacade);
}

describe('LastComparisonLookup', () => {
  it('answers null while no comparison of the scope has completed', async () => {
    await expect(lookup([]).of(SCOPE, 'all')).resolves.toBeNull();
    await expect(lookup([completed('1', { scopeKey: 'other' })]).of(SCOPE, 'all')).resolves.toBeNull();
  });

  it('answers the newest of the scope, with what it compared and found', async () => {
    const asked: unknown[] = [];
    const runs = [
      completed('4', { scopeKey: 'other' }),
      completed('3', { scopeKey: 'all', baselineRunId: '7', currentRunId: '9', newFindings: 0 }),
      completed('2', { scopeKey: 'all', baselineRunId: '5', currentRunId: '7', newFindings: 12 }),
    ];
    await expect(lookup(runs, asked).of(SCOPE, 'all')).resolves.toEqual({
      runId: '3',
      outcome: 'succeeded',
      at: '2026-01-03T00:00:00.000Z',
      baselineRunId: '7',
      currentRunId: '9',
      newFindings: 0,
    });
    expect(asked).toEqual([
      { kind: 'drift.generate', most: 1 },
      { kind: 'drift.generate', most: 100 },
    ]);
  });

  it('looks no further than the newest run where that is of the scope', async () => {
    const asked: unknown[] = [];
    const runs = [completed('3', { scopeKey: 'all' }), completed('2', { scopeKey: 'all' })];
    await expect(lookup(runs, asked).of(SCOPE, 'all')).resolves.toMatchObject({ runId: '3' });
    expect(asked).toHaveLength(1);
  });

  it('answers one that failed as such, without a number of findings', async () => {
    const failed = completed('1', { scopeKey: 'all', baselineRunId: '7', currentRunId: '9' }, 'failed');
    await expect(lookup([failed]).of(SCOPE, 'all')).resolves.toMatchObject({ outcome: 'failed', newFindings: null });
  });
});
