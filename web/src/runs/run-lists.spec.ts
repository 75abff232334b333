import { describe, expect, it } from '@jest/globals';
import type { Run } from '../api/operations';
import { withStartedRun } from './run-lists';

const run = (id: string, status: Run['status'] = 'queued'): Run => ({ id, status }) as Run;
const ids = (list: { items: Run[] } | undefined): string[] | undefined => list?.items.map(({ id }) => id);

describe('withStartedRun', () => {
  const known = { items: [run('1', 'running')], nextCursor: null };

  it('puts a run that was just started first', () => {
    expect(ids(withStartedRun(known, run('2'), undefined))).toEqual(['2', '1']);
    expect(ids(withStartedRun(undefined, run('2'), run('2', 'running')))).toEqual(['2']);
  });

  it('does not bring back one whose end was told before its start was answered', () => {
    expect(ids(withStartedRun(known, run('2'), run('2', 'completed')))).toEqual(['1']);
    expect(withStartedRun(undefined, run('2'), run('2', 'completed'))).toBeUndefined();
  });
});
