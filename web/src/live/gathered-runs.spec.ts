import { expect, it } from '@jest/globals';
import type { Run } from '../api/operations';
import { GatheredRuns } from './gathered-runs';

const run = (id: string, second: number, status: Run['status'] = 'running'): Run =>
  ({ id, status, updatedAt: `2026-01-01T00:00:0${second}.000Z` }) as Run;

it('has of each run the newest, in the order in which they became known', () => {
  const gathered = new GatheredRuns();
  for (const each of [run('1', 2), run('2', 2), run('1', 3), run('2', 1)]) gathered.add(each);
  expect(gathered.take().map((told) => told.run)).toEqual([run('1', 3), run('2', 2)]);
  expect(gathered.take()).toEqual([]);
});

it('loses no end, has the ends in their order, and knows which of them were told as active before', () => {
  const gathered = new GatheredRuns();
  const [first, second] = [run('1', 2, 'completed'), run('2', 2, 'completed')];
  for (const each of [run('1', 1), second, first, run('1', 3), run('2', 9)]) gathered.add(each);
  expect(gathered.take()).toEqual([
    { run: second, wasActive: false },
    { run: first, wasActive: true },
  ]);
});
