import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import { Coalescer } from './coalescer.js';

const fulfilled = <T>(value: T): PromiseSettledResult<T> => ({ status: 'fulfilled', value });

/** Batches that wait until the test lets them go. */
function gatedWork(): {
  batches: number[][];
  open: () => void;
  work: (items: readonly number[]) => Promise<PromiseSettledResult<number>[]>;
} {
  const batches: number[][] = [];
  let gates: (() => void)[] = [];
  return {
    batches,
    open: () => {
      const waiting = gates;
      gates = [];
      for (const gate of waiting) gate();
    },
    work: async (items) => {
      batches.push([...items]);
      await new Promise<void>((resolve) => gates.push(resolve));
      return items.map((item) => fulfilled(item * 10));
    },
  };
}

/** One turn of the event loop. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Coalescer', () => {
  it('lets what one turn brings go together, and merges what comes meanwhile, up to the limit', async () => {
    const { batches, open, work } = gatedWork();
    const coalescer = new Coalescer(work, { most: 3, atOnce: 1 });
    const early = [coalescer.add(1), coalescer.add(2)];
    await turn();
    expect(batches).toEqual([[1, 2]]);
    const late = [3, 4, 5, 6].map((item) => coalescer.add(item));
    await turn();
    expect(batches).toHaveLength(1);
    for (let i = 0; i < 3; i += 1) {
      open();
      await turn();
      await turn();
    }
    await expect(Promise.all([...early, ...late])).resolves.toEqual([10, 20, 30, 40, 50, 60]);
    expect(batches).toEqual([[1, 2], [3, 4, 5], [6]]);
  });

  it('lets a batch leave beside another only when enough wait for it', async () => {
    const { batches, open, work } = gatedWork();
    const coalescer = new Coalescer(work, { most: 8, atOnce: 2, beside: 3 });
    const results = [1, 2, 3, 4].map((item) => coalescer.add(item));
    await turn();
    await turn();
    expect(batches).toEqual([[1, 2, 3, 4]]);
    results.push(coalescer.add(5), coalescer.add(6));
    await turn();
    expect(batches).toHaveLength(1);
    results.push(coalescer.add(7));
    await turn();
    expect(batches).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7],
    ]);
    results.push(coalescer.add(8));
    open();
    await turn();
    await turn();
    expect(batches).toHaveLength(3);
    open();
    await expect(Promise.all(results)).resolves.toEqual([10, 20, 30, 40, 50, 60, 70, 80]);
  });

  it('has no more batches under way than allowed', async () => {
    const { batches, open, work } = gatedWork();
    const coalescer = new Coalescer(work, { most: 1, atOnce: 2 });
    const results = Promise.all([1, 2, 3].map((item) => coalescer.add(item)));
    for (let i = 0; i < 5; i += 1) await turn();
    expect(batches).toEqual([[1], [2]]);
    open();
    for (let i = 0; i < 3; i += 1) await turn();
    expect(batches).toHaveLength(3);
    open();
    await results;
  });

  it('spreads a few over the batches that may leave, and fills them one after the other with many', async () => {
    for (const [items, expected] of [
      [4, [2, 2]],
      [5, [5]],
      [8, [8]],
      [10, [8, 2]],
    ] as const) {
      const { batches, open, work } = gatedWork();
      const coalescer = new Coalescer(work, { most: 8, atOnce: 2 });
      const results = Array.from({ length: items }, (_, item) => coalescer.add(item));
      await turn();
      await turn();
      expect(batches.map((batch) => batch.length)).toEqual(expected);
      open();
      await Promise.all(results);
    }
  });

  it('lets one that was alone for a while go at once, and has the next ones share a turn again', async () => {
    const { batches, open, work } = gatedWork();
    const coalescer = new Coalescer(work, { most: 8, atOnce: 2 });
    const alone: boolean[] = [];
    for (let item = 0; item < 10; item += 1) {
      const result = coalescer.add(item);
      alone.push(batches.length === item + 1);
      await turn();
      open();
      await result;
    }
    expect(alone).toEqual([...Array<boolean>(8).fill(false), true, true]);
    const crowd = [10, 11, 12].map((item) => coalescer.add(item));
    expect(batches.slice(10)).toEqual([[10]]);
    await turn();
    expect(batches.slice(10)).toEqual([[10], [11, 12]]);
    open();
    await Promise.all(crowd);
    const after = [13, 14].map((item) => coalescer.add(item));
    expect(batches).toHaveLength(12);
    await turn();
    await turn();
    open();
    await Promise.all(after);
    expect(batches.slice(12)).toEqual([[13], [14]]);
  });

  it('gives each caller its own result, and all of them an error of the whole batch', async () => {
    const coalescer = new Coalescer<number, number>(
      (items) => {
        if (items.includes(13)) return Promise.reject(new Error('all of it'));
        return Promise.resolve(
          items.map((item) => (item % 2 === 0 ? fulfilled(item) : { status: 'rejected', reason: new Error('odd') })),
        );
      },
      { most: 10, atOnce: 1 },
    );
    await expect(coalescer.add(2)).resolves.toBe(2);
    await expect(coalescer.add(3)).rejects.toThrow('odd');
    const together = await Promise.allSettled([coalescer.add(13), coalescer.add(4)]);
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(coalescer.add(4)).resolves.toBe(4);
  });

  it('works outside of the context of any caller', async () => {
    const context = new AsyncLocalStorage<string>();
    const coalescer = new Coalescer<number, string | undefined>(
      (items) => Promise.resolve(items.map(() => fulfilled(context.getStore()))),
      { most: 10, atOnce: 1 },
    );
    await expect(context.run('caller', () => coalescer.add(1))).resolves.toBeUndefined();
  });
});
