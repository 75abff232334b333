import { defineRunType } from '#libs/run-kit/src/run-type.js';
import { Processes, type RunContext, type RunProcessor, type WorkResult } from '#libs/run-kit/src/run-processor.js';
import type { OperationRunService } from '../../src/modules/operations/operation-run.service.js';
import type { Actor } from '../../src/platform/context/actor.js';
import type { TenantScope } from '../../src/platform/database/tenant-scope.js';

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
export async function starts(runs: OperationRunService, scope: TenantScope, actor: Actor): Promise<void> {
  await runs.start(scope, actor, Count, { folder: 'a', limit: 2 });

  // @ts-expect-error the payload lacks what the type needs
  await runs.start(scope, actor, Count, { folder: 'a' });
  // @ts-expect-error the payload is of another type
  await runs.start(scope, actor, Count, { ids: ['1'] });
  // @ts-expect-error a run belongs to a tenant by proof
  await runs.start({ tenantId: 'x' }, actor, Count, { folder: 'a', limit: 2 });
}

@Processes(Count)
export class CountProcessor implements RunProcessor<CountPayload> {
  work(_payload: CountPayload, _context: RunContext): Promise<WorkResult> {
    return Promise.resolve({ stop: 'finished' });
  }
}

// @ts-expect-error a handler works the payload of the type that it is registered for
@Processes(Count)
export class WrongProcessor implements RunProcessor<OtherPayload> {
  work(_payload: OtherPayload): Promise<WorkResult> {
    return Promise.resolve({ stop: 'finished' });
  }
}

// @ts-expect-error a failed run says why
export const aborted: WorkResult = { stop: 'aborted' };
