import { getMaxListeners } from 'node:events';
import { expect, it } from '@jest/globals';
import { DeliveryLoop } from './delivery.loop.js';
import type { DeliveryWorker } from './delivery.worker.js';

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
