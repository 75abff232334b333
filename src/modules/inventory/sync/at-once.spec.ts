import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { atOnce } from './at-once.js';

const alive = new AbortController().signal;
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
};

describe('atOnce', () => {
  it('works every item once, never more at a time than told, and answers in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 9 })),
        fc.integer({ min: 1, max: 5 }),
        async (items, lanes) => {
          let under = 0;
          let most = 0;
          const worked: number[] = [];
          const answers = await atOnce([...items.entries()], lanes, alive, async ([index, wait]) => {
            under += 1;
            most = Math.max(most, under);
            worked.push(index);
            await turns(wait);
            under -= 1;
            return index;
          });
          expect(answers).toEqual([...items.keys()]);
          expect(worked).toEqual(answers);
          expect(most).toBe(Math.min(lanes, items.length));
        },
      ),
    );
  });

  it('stops the others at the first error, and throws it when they have ended', async () => {
    const events: string[] = [];
    const boom = new Error('boom');
    const work = atOnce(['bad', 'slow', 'never'], 2, alive, async (item, signal) => {
      events.push(`${item} begun`);
      if (item === 'bad') {
        await turns(1);
        throw boom;
      }
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await turns(5);
      events.push(`${item} ended, ${signal.reason === boom ? 'told why' : 'not told'}`);
    });
    await expect(work).rejects.toBe(boom);
    expect(events).toEqual(['bad begun', 'slow begun', 'slow ended, told why']);
  });

  it('begins nothing once its signal is aborted, and throws its reason', async () => {
    const stop = new AbortController();
    const begun: number[] = [];
    const reason = new Error('lease lost');
    const work = atOnce([1, 2, 3, 4], 2, stop.signal, async (item) => {
      begun.push(item);
      await turns(2);
      stop.abort(reason);
    });
    await expect(work).rejects.toBe(reason);
    expect(begun).toEqual([1, 2]);
    await expect(atOnce([1], 1, stop.signal, () => Promise.resolve())).rejects.toBe(reason);
  });
});
