import { getMaxListeners } from 'node:events';
import { expect, it } from '@jest/globals';
import type { LiveListener } from '../../../platform/live/live-listener.js';
import type { JobHandler, JobTransport } from '../../../platform/queue/job-transport.js';
import type { RunRow } from '../data/run-row.js';
import type { RunRegistry } from '../registry/run-registry.js';
import type { RunExecutor } from './run-executor.js';
import type { RunTaker } from './run-taker.js';
import { RunWorker } from './run-worker.js';

it('lets each run that it works at once listen for the end of the process, and no more than those', async () => {
  let places = 0;
  let ring: JobHandler = () => Promise.resolve();
  let signal: AbortSignal | undefined;
  const transport = {
    listen: (_queue: string, concurrency: number, handler: JobHandler) => {
      places += concurrency;
      ring = handler;
      return Promise.resolve();
    },
  } as unknown as JobTransport;
  const registry = {
    all: () => ['reports', 'letters', 'reports'].map((queue) => ({ type: { queue } })),
  } as unknown as RunRegistry;
  const taker = { take: () => Promise.resolve({ id: '1' } as RunRow) } as unknown as RunTaker;
  const executor = {
    execute: (...[, , shutdown]: Parameters<RunExecutor['execute']>) => {
      signal = shutdown;
      return Promise.resolve({ kind: 'completed', next: 'nothing' });
    },
  } as unknown as RunExecutor;
  const listener = { subscribe: () => Promise.resolve(() => undefined) } as unknown as LiveListener;

  const worker = new RunWorker(transport, registry, taker, executor, listener);
  await worker.onApplicationBootstrap();
  await ring({ runId: '1', seq: 1 });
  if (!signal) throw new Error('Nothing was worked.');
  expect(places).toBeGreaterThan(0);
  expect(getMaxListeners(signal)).toBe(places);
});
