import { describe, expect, it } from '@jest/globals';
import type { Run } from '../api/operations';
import { newerRun, withActiveRuns, withRuns, withStartedRun } from './run-lists';

const run = (id: string, status: Run['status'] = 'queued'): Run => ({ id, status }) as Run;
const at = (id: string, second: number, status: Run['status'] = 'running'): Run => ({
  ...run(id, status),
  updatedAt: `2026-01-01T00:00:0${second}.000Z`,
});
const byId = (...runs: Run[]): Map<string, Run> => new Map(runs.map((each) => [each.id, each]));
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

describe('newerRun', () => {
  it('is the one that was written later, and an end in any case', () => {
    const [early, late, end] = [at('1', 1), at('1', 2), at('1', 1, 'completed')];
    expect(newerRun(early, late)).toBe(late);
    expect(newerRun(late, early)).toBe(late);
    expect(newerRun(late, end)).toBe(end);
    expect(newerRun(end, late)).toBe(end);
    // What is told may have changed without another time.
    expect(newerRun(early, { ...early })).not.toBe(early);
  });
});

describe('withActiveRuns', () => {
  const known = { items: [at('2', 5), at('1', 5)], nextCursor: null };

  it('has the new ones first, the newest before the others, and not those that ended', () => {
    expect(ids(withActiveRuns(known, byId(at('3', 6), at('2', 6, 'completed'), at('4', 6))))).toEqual(['4', '3', '1']);
    expect(ids(withActiveRuns(undefined, byId(at('3', 6))))).toEqual(['3']);
  });

  it('is the same list when nothing in it changes', () => {
    expect(withActiveRuns(known, byId(at('1', 5), at('2', 4), at('9', 6, 'completed')))).toBe(known);
    expect(withActiveRuns(undefined, byId(at('9', 6, 'completed')))).toBeUndefined();
  });
});

describe('withRuns', () => {
  const page = { items: [at('2', 5), at('1', 5)], nextCursor: 'older' };

  it('has each run in its place, in one page as in several', () => {
    const told = byId(at('1', 6, 'completed'), at('3', 6));
    const now = { items: [page.items[0], at('1', 6, 'completed')], nextCursor: 'older' };
    expect(withRuns(page, told)).toEqual(now);
    expect(withRuns({ pages: [{ items: [] }, page], pageParams: [] }, told)).toEqual({
      pages: [{ items: [] }, now],
      pageParams: [],
    });
  });

  it('keeps what is newer, and is the same list when nothing in it changes', () => {
    expect(withRuns(page, byId(at('1', 4), at('2', 5), at('3', 9)))).toBe(page);
    const pages = { pages: [page], pageParams: [] };
    expect(withRuns(pages, byId(at('1', 4)))).toBe(pages);
    expect(withRuns(undefined, byId(at('1', 4)))).toBeUndefined();
  });
});
