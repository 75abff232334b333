import { getMaxListeners } from 'node:events';
import { Logger } from '@nestjs/common';
import { afterEach, expect, it, jest } from '@jest/globals';
import { DatabaseUnavailable } from '../../../platform/database/database-unavailable.js';
import { DeliveryLoop } from './delivery.loop.js';
import type { DeliveryWorker } from './delivery.worker.js';

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

it('goes on while the database is away, and says so once', async () => {
  jest.useFakeTimers();
  const said = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
  const begin = jest.fn<DeliveryWorker['begin']>().mockRejectedValue(new DatabaseUnavailable(new Error('away')));
  const loop = new DeliveryLoop({ begin } as unknown as DeliveryWorker);
  loop.onApplicationBootstrap();
  await jest.advanceTimersByTimeAsync(30_000);
  await loop.beforeApplicationShutdown();
  expect(begin.mock.calls.length).toBeGreaterThan(10);
  expect(said.mock.calls).toEqual([['due deliveries could not be read: database.unavailable']]);
});

it('lets each attempt that it asks for listen for the end of the process, and no more than those', async () => {
  let ask: (most: number, signal: AbortSignal) => void = () => undefined;
  const asked = new Promise<[number, AbortSignal]>((resolve) => (ask = (...what) => resolve(what)));
  const begin: DeliveryWorker['begin'] = (most, signal) => {
    ask(most, signal);
    return Promise.resolve([]);
  };
  const loop = new DeliveryLoop({ begin } as DeliveryWorker);
  loop.onApplicationBootstrap();
  const [most, signal] = await asked;
  expect(getMaxListeners(signal)).toBe(most);
  await loop.beforeApplicationShutdown();
});
