import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualClock } from '../../testing/manual-clock.js';
import { systemClock } from '../time/graph-clock.js';
import { RequestBudget } from './request-budget.js';

const READ = { requests: 1, writes: 0 };
const WRITE = { requests: 1, writes: 1 };

describe('Request budget', () => {
  it('lets no window pass more than its limit, whatever the costs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 900 }))),
        async (calls) => {
          const clock = new ManualClock(0);
          const budget = new RequestBudget({ requestsPerWindow: 50, writesPerWindow: 5, windowMs: 1_000 }, clock);
          const sent: [number, number][] = [];
          for (const [requests, pause] of calls) {
            await budget.acquire({ requests, writes: 0 });
            sent.push([clock.now(), requests]);
            clock.time += pause;
          }
          for (const [start] of sent) {
            const within = sent.filter(([at]) => at >= start && at < start + 1_000);
            expect(within.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(50);
          }
        },
      ),
    );
  });

  it('counts writes on their own as well', async () => {
    const clock = new ManualClock(0);
    const budget = new RequestBudget({ requestsPerWindow: 100, writesPerWindow: 2, windowMs: 20_000 }, clock);
    await budget.acquire(WRITE);
    await budget.acquire(WRITE);
    await budget.acquire(READ);
    expect(clock.waits).toEqual([]);
    await budget.acquire(WRITE);
    expect(clock.waits).toEqual([20_000]);
  });

  it('holds everything back while the tenant is throttled', async () => {
    const clock = new ManualClock(0);
    const budget = new RequestBudget({ requestsPerWindow: 100, writesPerWindow: 2, windowMs: 20_000 }, clock);
    budget.hold(7_000);
    budget.hold(3_000);
    await budget.acquire(READ);
    expect(clock.waits).toEqual([7_000]);
  });

  it('serves in order, and lets go of who gives up', async () => {
    const budget = new RequestBudget({ requestsPerWindow: 1, writesPerWindow: 1, windowMs: 100 }, systemClock);
    await budget.acquire(READ);
    const stop = new AbortController();
    const order: string[] = [];
    const first = budget.acquire(READ).then(() => order.push('first'));
    const second = budget.acquire(READ, stop.signal).catch((error: unknown) => order.push(String(error)));
    const third = budget.acquire(READ).then(() => order.push('third'));
    stop.abort(new Error('left'));
    await Promise.all([first, second, third]);
    expect(order).toEqual(['Error: left', 'first', 'third']);
  });
});
