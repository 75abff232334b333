import { defineRunType } from '#libs/run-kit/src/run-type.js';
import type { RunProcessor } from '#libs/run-kit/src/run-processor.js';
import { performRun } from '#libs/run-kit/testing/perform-run.js';

class CountPayload {
  folder!: string;
  limit!: number;
}

class OtherPayload {
  ids!: string[];
}

const Count = defineRunType({
  kind: 'files.count',
  payload: CountPayload,
  label: { noun: 'Count', doing: 'Counting', done: 'Counted', failed: 'Count failed' },
  access: 'inventory:read',
  queue: 'files',
  identity: ({ folder }) => ({ folder }),
  onLeaseLost: 'requeue',
  maxAttempts: 1,
  timeoutMs: 1,
  limitPerTenant: 1,
});

/** Compiled, never run: each line below an expectation must not compile, or `npm run types` fails. */
export async function performs(counter: RunProcessor<CountPayload>, other: RunProcessor<OtherPayload>): Promise<void> {
  await performRun(Count, counter, { folder: 'a', limit: 2 }, { stopAtCheck: { check: 1, reason: 'cancelled' } });

  // @ts-expect-error the payload lacks what the type needs
  await performRun(Count, counter, { folder: 'a' });
  // @ts-expect-error the payload is of another type
  await performRun(Count, counter, { ids: ['1'] });
  // @ts-expect-error the payload has more than the type knows
  await performRun(Count, counter, { folder: 'a', limit: 2, depth: 1 });
  // @ts-expect-error the handler works another type
  await performRun(Count, other, { folder: 'a', limit: 2 });
  // @ts-expect-error a run is stopped for a reason that the engine knows
  await performRun(Count, counter, { folder: 'a', limit: 2 }, { stopAtCheck: { check: 1, reason: 'bored' } });
}
