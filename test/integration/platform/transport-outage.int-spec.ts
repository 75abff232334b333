import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { JobTransport } from '../../../src/platform/queue/job-transport.js';
import { eventually } from '../../support/eventually.js';
import { allOf, onEveryTransport } from './transport-under-test.js';

/** Several times what closing allows itself; a stop for what hangs, not a measure. */
const CLOSES_WITHIN_MS = 30_000;

onEveryTransport((on) => {
  it('rejects what is not confirmed in time, and works again afterwards', async () => {
    await on.ring(1);
    const thaw = await on.place.freeze();
    try {
      await expect(on.ring(2)).rejects.toThrow();
      await expect(on.transport.waiting(on.queue)).rejects.toThrow();
      await expect(on.waitingRings(1)).rejects.toThrow();
    } finally {
      await thaw();
    }
    const heard = await on.hear();
    await eventually(() =>
      on.ring(3).then(
        () => true as const,
        () => undefined,
      ),
    );
    await eventually(async () => heard.some(({ runId }) => runId === '3') || undefined);
    expect(heard).toContainEqual({ runId: '1', seq: 1 });
  });

  /** Closes a process that listens and has rung, while `lose` holds; far longer than `close` allows itself is too long. */
  async function closesWhile(lose: () => Promise<() => Promise<void>>): Promise<void> {
    const other = await on.startProcess();
    const listening = other.get(JobTransport);
    await listening.listen(on.queue, 1, () => Promise.resolve());
    await listening.ring(on.queue, [{ runId: '1', seq: 1 }]);
    const restore = await lose();
    const closing = listening.close().then(() => 'closed');
    const waiting = new AbortController();
    try {
      const inVain = wait(CLOSES_WITHIN_MS, 'still open', { signal: waiting.signal });
      expect(await Promise.race([closing, inVain])).toBe('closed');
    } finally {
      waiting.abort();
      await restore();
      await closing;
      await other.close();
    }
  }

  it('lets go of the other side although it does not answer', () => closesWhile(() => on.place.freeze()));

  it('lets go of the other side although it is gone', () =>
    closesWhile(async () => {
      await on.place.stop();
      return () => on.place.start();
    }));

  it('is seen again by who looked at it first while the other side was away', async () => {
    await on.ring(1);
    await on.place.stop();
    await expect(on.waitingRings()).rejects.toThrow();
    await on.place.start();
    await eventually(() =>
      on.waitingRings().then(
        () => true as const,
        () => undefined,
      ),
    );
  });

  it('hears rings again after the other side went away and came back', async () => {
    const heard = await on.hear();
    await on.ring(1);
    await allOf(heard, 1);
    await on.place.stop();
    await expect(on.ring(2)).rejects.toThrow();
    await on.place.start();
    await eventually(() =>
      on.ring(3).then(
        () => true as const,
        () => undefined,
      ),
    );
    await eventually(async () => heard.some(({ runId }) => runId === '3') || undefined);
  });
});
