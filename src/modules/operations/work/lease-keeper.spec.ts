import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { SummaryCounts } from '#libs/run-kit/src/run-outcome.js';
import type { RunWorkRepository } from '../data/run-work.repository.js';
import { LeaseKeeper } from './lease-keeper.js';
import { RunLedger } from './run-ledger.js';

const ITEMS = 20;

describe('a lease keeper', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('writes progress at its own pace, however often the handler checks its lease', async () => {
    const beats: (SummaryCounts | undefined)[] = [];
    const heartbeat: RunWorkRepository['heartbeat'] = (_lease, counts) => {
      beats.push(counts);
      return Promise.resolve({ cancelRequested: false });
    };
    const ledger = new RunLedger();
    const lease = { runId: '1', epoch: 1 };
    const keeper = new LeaseKeeper({ heartbeat } as RunWorkRepository, lease, ledger, { lease: 60, heartbeat: 15 });
    keeper.start(60_000);
    for (let at = 0; at < ITEMS; at += 1) {
      ledger.item({ itemId: String(at), kind: 'thing', result: 'success' });
      await keeper.check();
    }
    expect(beats).toEqual(Array(ITEMS).fill(undefined));

    await jest.advanceTimersByTimeAsync(1_000);
    await keeper.end();
    expect(beats.slice(ITEMS)).toEqual([{ total: ITEMS, processed: ITEMS, success: ITEMS, failed: 0, skipped: 0 }]);
  });
});
