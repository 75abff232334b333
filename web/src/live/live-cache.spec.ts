import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import { activeRunsQuery, runListsKey, runQuery, type Run } from '../api/operations';
import { LiveCache } from './live-cache';

const TENANT = 'a1';

function run(id: string, change: Partial<Run> = {}): Run {
  return {
    id,
    tenantId: TENANT,
    type: 'inventory.sync',
    label: 'Inventory sync',
    status: 'running',
    outcome: 'pending',
    updatedAt: '2026-01-01T00:00:01.000Z',
    ...change,
  } as Run;
}

const done = (id: string): Run =>
  run(id, { status: 'completed', outcome: 'succeeded', updatedAt: '2026-01-01T00:00:09.000Z' });

describe('LiveCache', () => {
  let client: QueryClient;
  let cache: LiveCache;
  let ended: string[];

  const active = (): string[] | undefined =>
    client.getQueryData(activeRunsQuery(TENANT).queryKey)?.items.map(({ id }) => id);
  const setActive = (...runs: Run[]): unknown =>
    client.setQueryData(activeRunsQuery(TENANT).queryKey, { items: runs, nextCursor: null });
  const isStale = (key: readonly unknown[]): boolean | undefined => client.getQueryState(key)?.isInvalidated;

  beforeEach(() => {
    jest.useFakeTimers();
    client = new QueryClient();
    ended = [];
    cache = new LiveCache(client, TENANT, ({ id }) => ended.push(id));
    setActive(run('1'));
    client.setQueryData(['tenant', TENANT, 'policies'], 'read before');
    cache.start();
  });

  afterEach(() => {
    cache.stop();
    client.clear();
    jest.useRealTimers();
  });

  it('shows a new run and its progress in the active ones, in its page and in every list that has it', () => {
    const list = [...runListsKey(TENANT), { type: 'x' }];
    client.setQueryData(list, { items: [run('2'), run('1')], nextCursor: null });
    cache.take({ name: 'run', id: 'p', run: run('3') });
    cache.take({ name: 'run', id: 'p', run: run('1', { updatedAt: '2026-01-01T00:00:02.000Z', attempt: 7 }) });

    expect(active()).toEqual(['3', '1']);
    expect(client.getQueryData(runQuery(TENANT, '1').queryKey)?.attempt).toBe(7);
    expect(client.getQueryData<{ items: Run[] }>(list)?.items.map(({ attempt }) => attempt)).toEqual([undefined, 7]);
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(false);
  });

  it('does not go back to an older state', () => {
    cache.take({ name: 'run', id: 'p', run: run('1', { updatedAt: '2026-01-01T00:00:05.000Z', attempt: 2 }) });
    cache.take({ name: 'run', id: 'p', run: run('1', { updatedAt: '2026-01-01T00:00:04.000Z', attempt: 1 }) });
    expect(client.getQueryData(runQuery(TENANT, '1').queryKey)?.attempt).toBe(2);
    cache.take({ name: 'run', id: 'p', run: done('1') });
    cache.take({ name: 'run', id: 'p', run: run('1', { updatedAt: '2026-01-01T00:00:05.000Z' }) });
    expect(client.getQueryData(runQuery(TENANT, '1').queryKey)?.status).toBe('completed');
    expect(active()).toEqual([]);
  });

  it('reads everything of the tenant anew once for runs that end together, and tells of each once', () => {
    setActive(run('1'), run('2'));
    const reads = jest.spyOn(client, 'invalidateQueries');
    for (const id of ['1', '2', '1']) cache.take({ name: 'run', id: 'p', run: done(id) });
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(false);
    jest.advanceTimersByTime(300);

    expect(ended).toEqual(['1', '2']);
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(true);
    // The stream may tell a run twice.
    cache.take({ name: 'run', id: 'p', run: done('2') });
    jest.advanceTimersByTime(300);
    expect(reads.mock.calls.filter(([filter]) => filter?.queryKey?.length === 2)).toHaveLength(1);
  });

  it('reads anew for the end of a run that it never saw, and tells nobody', () => {
    cache.take({ name: 'run', id: 'p', run: done('9') });
    jest.advanceTimersByTime(300);
    expect(ended).toEqual([]);
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(true);
  });

  it('finds an end without events: by a run that left the list of active ones', async () => {
    const asked: string[] = [];
    jest.spyOn(client, 'fetchQuery').mockImplementation((options) => {
      asked.push(String(options.queryKey[3]));
      return Promise.resolve(done(String(options.queryKey[3])));
    });
    setActive();
    await jest.advanceTimersByTimeAsync(300);
    expect(asked).toEqual(['1']);
    expect(ended).toEqual(['1']);
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(true);
  });

  it('keeps a run that is still active although an older list lacks it', async () => {
    jest.spyOn(client, 'fetchQuery').mockImplementation(() => Promise.resolve(run('1')));
    setActive();
    await jest.advanceTimersByTimeAsync(300);
    expect(active()).toEqual(['1']);
    expect(ended).toEqual([]);
  });

  it('reads everything anew when the stream says that it lost track', () => {
    cache.take({ name: 'reset', id: 'p' });
    jest.advanceTimersByTime(300);
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(true);
  });
});
