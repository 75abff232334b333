import { Logger } from '@nestjs/common';
import { afterEach, expect, it, jest } from '@jest/globals';
import type { Database } from '../../../platform/database/database.js';
import { DatabaseUnavailable } from '../../../platform/database/database-unavailable.js';
import { RunTimings } from '../run-timings.js';
import type { RunSweeper } from './run-sweeper.js';
import { SweepLoop } from './sweep-loop.js';

afterEach(() => {
  jest.restoreAllMocks();
});

it('goes on while the database is away, and says so once', async () => {
  const said = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
  let tries = 0;
  let tried: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => (tried = resolve));
  const transaction = (): Promise<never> => {
    if ((tries += 1) === 5) tried();
    return Promise.reject(new DatabaseUnavailable(new Error('away')));
  };
  const timings = new RunTimings({ runs: { leaseSeconds: 1, sweepSeconds: 0.001, retentionDays: 1 } });
  const loop = new SweepLoop({} as RunSweeper, { transaction } as unknown as Database, timings);
  loop.onApplicationBootstrap();
  await enough;
  await loop.beforeApplicationShutdown();
  expect(said.mock.calls).toEqual([['The sweep could not run: database.unavailable']]);
});
