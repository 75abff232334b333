import { describe, expect, it } from '@jest/globals';
import type { Run } from '../api/operations';
import { withActiveRun, withoutRun, withRun } from './run-lists';

const run = (id: string, attempt = 1): Run => ({ id, attempt }) as Run;
const page = (...runs: Run[]) => ({ items: runs, nextCursor: null });

describe('lists of runs', () => {
  it('puts a new active run first and renews a known one in its place', () => {
    expect(withActiveRun(undefined, run('1')).items).toEqual([run('1')]);
    expect(withActiveRun(page(run('1')), run('2')).items).toEqual([run('2'), run('1')]);
    expect(withActiveRun(page(run('2'), run('1')), run('1', 2)).items).toEqual([run('2'), run('1', 2)]);
  });

  it('takes a run out', () => {
    expect(withoutRun(page(run('2'), run('1')), '2')?.items).toEqual([run('1')]);
    expect(withoutRun(undefined, '2')).toBeUndefined();
  });

  it('renews a run in a page and in pages one after another', () => {
    expect(withRun(page(run('1')), run('1', 2))).toEqual(page(run('1', 2)));
    expect(withRun({ pages: [page(run('1')), page(run('2'))], pageParams: [] }, run('2', 2))).toEqual({
      pages: [page(run('1')), page(run('2', 2))],
      pageParams: [],
    });
  });

  it('leaves the very same list when the run is not in it, so that nothing renders anew', () => {
    const [single, several] = [page(run('1')), { pages: [page(run('1'))] }];
    expect(withRun(single, run('9'))).toBe(single);
    expect(withRun(several, run('9'))).toBe(several);
    expect(withRun(undefined, run('9'))).toBeUndefined();
  });
});
