import { describe, expect, it } from '@jest/globals';
import { inLanes } from './in-lanes.js';

const alive = new AbortController().signal;
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
};

describe('inLanes', () => {
  it('works each item of a stream once, and asks for no more than it works on', async () => {
    let made = 0;
    let done = 0;
    let most = 0;
    const stream = async function* (): AsyncGenerator<number> {
      for (; made < 40; made += 1) {
        most = Math.max(most, made - done);
        yield made;
      }
    };
    const worked: number[] = [];
    await inLanes(stream(), 3, alive, async (item) => {
      worked.push(item);
      await turns(item % 7);
      done += 1;
    });
    expect(worked.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
    expect(most).toBeLessThanOrEqual(3);
  });

  it.each(['work', 'stream'])(
    'stops the others at the first fault of the %s, and throws it when they have ended',
    async (of) => {
      const boom = new Error('boom');
      const ended: number[] = [];
      const stream = async function* (): AsyncGenerator<number> {
        yield 0;
        yield 1;
        await turns(20);
        if (of === 'stream') throw boom;
        yield 2;
        yield 3;
      };
      const work = inLanes(stream(), 3, alive, async (item, signal) => {
        if (item === 2) throw boom;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await turns(5);
        ended.push(item);
      });
      await expect(work).rejects.toBe(boom);
      expect(ended).toEqual([0, 1]);
    },
  );

  it('begins nothing once its signal is aborted, and throws its reason', async () => {
    const stop = new AbortController();
    const reason = new Error('lease lost');
    const begun: number[] = [];
    const stream = async function* (): AsyncGenerator<number> {
      for (let n = 0; ; n += 1) yield n;
    };
    const work = inLanes(stream(), 2, stop.signal, async (item) => {
      begun.push(item);
      await turns(3);
      stop.abort(reason);
    });
    await expect(work).rejects.toBe(reason);
    expect(begun).toEqual([0, 1]);
  });
});
