import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { hashKey, QueryClient, QueryObserver } from '@tanstack/react-query';
import { ACTIVE_MOST, activeRunsQuery, runListsKey, runQuery, type Run } from '../api/operations';
import { LiveCache } from './live-cache';
import { setLive } from './live-state';

const TENANT = 'a1';
const ME = 'u1';
/** What is told after a rest is shown within this. */
const SHOWN_MS = 60;
const REST_MS = 300;

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
  const told = (...runs: Run[]): void => {
    for (const each of runs) cache.take({ name: 'run', id: 'p', run: each });
  };
  /** As {@link told}, after a rest, and shown. */
  const shown = (...runs: Run[]): void => {
    jest.advanceTimersByTime(REST_MS);
    told(...runs);
    jest.advanceTimersByTime(SHOWN_MS);
  };
  /** What is asked for from now on is answered by the call of what this gives. */
  const answerLater = (): ((answer: Run) => void) => {
    let answer: (answer: Run) => void = () => undefined;
    const coming = new Promise<Run>((resolve) => (answer = resolve));
    jest.spyOn(client, 'fetchQuery').mockReturnValue(coming);
    return (run) => answer(run);
  };
  const isStale = (key: readonly unknown[]): boolean | undefined => client.getQueryState(key)?.isInvalidated;

  beforeEach(() => {
    jest.useFakeTimers();
    client = new QueryClient();
    ended = [];
    cache = new LiveCache(client, TENANT, ME, ({ id }) => ended.push(id));
    setActive(run('1'));
    client.setQueryData(['tenant', TENANT, 'policies'], 'read before');
    cache.start();
  });

  afterEach(() => {
    cache.stop();
    setLive(false);
    client.clear();
    jest.useRealTimers();
  });

  it('shows a new run and its progress in the active ones, in its page and in every list that has it', () => {
    const list = [...runListsKey(TENANT), { type: 'x' }];
    client.setQueryData(list, { items: [run('2'), run('1')], nextCursor: null });
    shown(run('3'), run('1', { updatedAt: '2026-01-01T00:00:02.000Z', attempt: 7 }));

    expect(active()).toEqual(['3', '1']);
    expect(client.getQueryData(runQuery(TENANT, '1').queryKey)?.attempt).toBe(7);
    expect(client.getQueryData<{ items: Run[] }>(list)?.items.map(({ attempt }) => attempt)).toEqual([undefined, 7]);
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(false);
  });

  it('writes each list once for all that is told within a short time, and what shows it is told once', () => {
    const list = [...runListsKey(TENANT), { type: 'x' }];
    const other = [...runListsKey(TENANT), { type: 'y' }];
    const runs = Array.from({ length: 100 }, (_, index) => run(String(index)));
    client.setQueryData(list, { items: runs, nextCursor: null });
    client.setQueryData(other, { items: [run('none of them')], nextCursor: null });
    setActive(...runs);
    let renders = 0;
    const observer = new QueryObserver(client, { queryKey: list, enabled: false });
    const unsubscribe = observer.subscribe(() => (renders += 1));
    const writes: string[] = [];
    const unwatch = client.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'updated') writes.push(query.queryHash);
    });
    for (const second of ['2', '3', '4']) {
      told(
        ...runs.map((each) => ({ ...each, updatedAt: `2026-01-01T00:00:0${second}.000Z`, attempt: Number(second) })),
      );
    }
    expect(writes).toEqual([]);
    jest.advanceTimersByTime(SHOWN_MS);

    for (const key of [list, activeRunsQuery(TENANT).queryKey]) {
      expect(writes.filter((hash) => hash === hashKey(key))).toHaveLength(1);
    }
    expect(writes).not.toContain(hashKey(other));
    expect(renders).toBe(1);
    expect(client.getQueryData<{ items: Run[] }>(list)?.items.every(({ attempt }) => attempt === 4)).toBe(true);
    unwatch();
    unsubscribe();
  });

  it('renders nothing for runs that are told as they are listed already, as a stream begins', () => {
    const list = [...runListsKey(TENANT), {}];
    client.setQueryData(list, { items: [run('1')], nextCursor: null }, { updatedAt: 5 });
    const before = client.getQueryState(list);
    shown(run('1'));
    expect(client.getQueryState(list)).toBe(before);
    expect(isStale(list)).toBe(false);
  });

  it('leaves a list alone that was not read yet', () => {
    const list = [...runListsKey(TENANT), {}];
    const { state } = client.getQueryCache().build(client, { queryKey: list });
    shown(run('1', { updatedAt: '2026-01-01T00:00:02.000Z' }), done('2'));
    expect(client.getQueryState(list)).toBe(state);
  });

  it('lets a list that nobody looks at stay as old as it is, and to be read anew', () => {
    const list = [...runListsKey(TENANT), {}];
    client.setQueryData(list, { items: [run('1')], nextCursor: null }, { updatedAt: 5 });
    void client.invalidateQueries({ queryKey: list });
    shown(run('1', { updatedAt: '2026-01-01T00:00:02.000Z', attempt: 7 }));
    expect(client.getQueryData<{ items: Run[] }>(list)?.items[0]?.attempt).toBe(7);
    expect(client.getQueryState(list)?.dataUpdatedAt).toBe(5);
    expect(isStale(list)).toBe(true);
  });

  it('does not go back to an older state', () => {
    const list = [...runListsKey(TENANT), {}];
    client.setQueryData(list, { items: [run('1', { updatedAt: '2026-01-01T00:00:07.000Z', attempt: 3 })] });
    shown(run('1', { updatedAt: '2026-01-01T00:00:05.000Z', attempt: 2 }));
    shown(run('1', { updatedAt: '2026-01-01T00:00:04.000Z', attempt: 1 }));
    expect(client.getQueryData(runQuery(TENANT, '1').queryKey)?.attempt).toBe(2);
    expect(client.getQueryData<{ items: Run[] }>(list)?.items[0]?.attempt).toBe(3);
    shown(done('1'));
    shown(run('1', { updatedAt: '2026-01-01T00:00:05.000Z' }));
    expect(client.getQueryData(runQuery(TENANT, '1').queryKey)?.status).toBe('completed');
    expect(active()).toEqual([]);
  });

  it('does not go back within what is shown together either', () => {
    shown(
      run('1', { updatedAt: '2026-01-01T00:00:05.000Z', attempt: 2 }),
      run('1', { updatedAt: '2026-01-01T00:00:04.000Z', attempt: 1 }),
      done('2'),
      run('2', { updatedAt: '2026-01-01T00:00:10.000Z' }),
    );
    expect(client.getQueryData(runQuery(TENANT, '1').queryKey)?.attempt).toBe(2);
    expect(active()).toEqual(['1']);
    expect(ended).toEqual([]);
  });

  it('does not bring back an ended run with a list that was read before its end', () => {
    shown(done('1'));
    setActive(run('2'), run('1'));
    expect(active()).toEqual(['2']);
  });

  it('tells of the ends in their order, also of runs that start and end within a moment', () => {
    setActive(run('1'), run('2'));
    shown(run('1'), run('3'), done('2'), done('3'), done('1'));
    expect(ended).toEqual(['2', '3', '1']);
    expect(active()).toEqual([]);
  });

  it('reads everything of the tenant anew once for runs that end together, and tells of each once', () => {
    setActive(run('1'), run('2'));
    const reads = jest.spyOn(client, 'invalidateQueries');
    shown(done('1'), done('2'), done('1'));
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(false);
    jest.advanceTimersByTime(300);

    expect(ended).toEqual(['1', '2']);
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(true);
    // The stream may tell a run twice.
    told(done('2'));
    jest.advanceTimersByTime(300);
    expect(reads.mock.calls.filter(([filter]) => filter?.queryKey?.length === 2)).toHaveLength(1);
  });

  it('reads anew for the end of a run that it never saw, and tells nobody', () => {
    told(done('9'));
    jest.advanceTimersByTime(400);
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

  it('asks for few of many runs that leave the list together, for its own first, and reads all lists anew', async () => {
    const asked = jest
      .spyOn(client, 'fetchQuery')
      .mockImplementation(({ queryKey }) => Promise.resolve(done(String(queryKey.at(-2)))));
    const others = Array.from({ length: 200 }, (_, at) => run(String(1_000 + at)));
    setActive(...others, run('7', { userId: ME }));
    asked.mockClear();
    setActive();
    await jest.advanceTimersByTimeAsync(REST_MS);

    expect(asked.mock.calls.length).toBe(10);
    expect(ended).toContain('7');
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(true);
  });

  it('keeps active runs that it was told of and that are too old for a full list, and asks for none of them', () => {
    setLive(true);
    const asked = jest.spyOn(client, 'fetchQuery');
    const at = (n: number): string => new Date(n * 1_000).toISOString();
    const runs = Array.from({ length: ACTIVE_MOST + 20 }, (_, n) => run(String(n), { createdAt: at(n) })).reverse();
    setActive(...runs);
    asked.mockClear();
    setActive(...runs.slice(0, ACTIVE_MOST));
    expect(active()).toEqual(runs.map(({ id }) => id));

    shown(done('3'));
    expect(ended).toEqual(['3']);
    setActive(...runs.slice(0, ACTIVE_MOST));
    expect(active()).toEqual(runs.map(({ id }) => id).filter((id) => id !== '3'));
    expect(asked).not.toHaveBeenCalled();
  });

  it('keeps a run that is still active although an older list lacks it', async () => {
    jest.spyOn(client, 'fetchQuery').mockImplementation(() => Promise.resolve(run('1')));
    setActive();
    await jest.advanceTimersByTimeAsync(300);
    expect(active()).toEqual(['1']);
    expect(ended).toEqual([]);
  });

  it('believes an end that is told while it asks for the run', async () => {
    const answer = answerLater();
    setActive();
    told(done('1'));
    answer(run('1'));
    await jest.advanceTimersByTimeAsync(0);
    expect(ended).toEqual(['1']);
    expect(active()).toEqual([]);
  });

  it('reads the runs once, and a little later, when the first event was told', () => {
    const list = [...runListsKey(TENANT), {}];
    client.setQueryData(list, { items: [run('1')], nextCursor: null });
    const reads = jest.spyOn(client, 'invalidateQueries');
    cache.readRunsAnewSoon();
    // A run that was unknown is a reason to read the lists by itself.
    told(run('2'));
    jest.advanceTimersByTime(SHOWN_MS);
    expect(isStale(list)).toBe(false);
    jest.advanceTimersByTime(2_000);
    expect(isStale(list)).toBe(true);
    expect(isStale(activeRunsQuery(TENANT).queryKey)).toBe(true);
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(false);
    expect(reads.mock.calls.filter(([filter]) => filter?.queryKey?.[3] === 'list')).toHaveLength(1);
  });

  it('shows what was told when it stops, and leaves nothing behind', async () => {
    setActive(run('1'), run('2'));
    const answer = answerLater();
    setActive(run('1'));
    cache.readRunsAnewSoon();
    told(done('1'));
    cache.stop();
    expect(ended).toEqual(['1']);
    expect(active()).toEqual([]);

    const timers = jest.getTimerCount();
    answer(done('2'));
    await jest.advanceTimersByTimeAsync(0);
    expect(ended).toEqual(['1']);
    expect(jest.getTimerCount()).toBeLessThanOrEqual(timers);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(false);
  });

  it('writes nothing into a cache that was emptied, as at a sign-out', () => {
    told(done('1'), run('2'));
    client.clear();
    cache.stop();
    expect(client.getQueryCache().getAll()).toEqual([]);
    expect(ended).toEqual(['1']);
  });

  it('reads everything anew when the stream says that it lost track', () => {
    cache.take({ name: 'reset', id: 'p' });
    jest.advanceTimersByTime(300);
    expect(isStale(['tenant', TENANT, 'policies'])).toBe(true);
  });
});
