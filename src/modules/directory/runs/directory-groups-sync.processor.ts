import { Injectable } from '@nestjs/common';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { Processes, type RunContext, type RunProcessor, type WorkResult } from '#libs/run-kit/src/run-processor.js';
import type { Json } from '#libs/run-kit/src/run-type.js';
import { scopeOfRun } from '../../operations/run-scope.js';
import { GraphClients } from '../../tenancy/graph-clients.facade.js';
import { GroupSync, type RoundProgress } from '../sync/group-sync.js';
import { DirectoryGroupsSync, DirectoryGroupsSyncPayload } from './directory-groups-sync.run-type.js';

/** Works a group sync; its counts are the groups that the round's pages named, its context what that changed. */
@Processes(DirectoryGroupsSync)
@Injectable()
export class DirectoryGroupsSyncProcessor implements RunProcessor<DirectoryGroupsSyncPayload> {
  constructor(
    private readonly clients: GraphClients,
    private readonly sync: GroupSync,
  ) {}

  async work({ full = false }: DirectoryGroupsSyncPayload, context: RunContext): Promise<WorkResult> {
    const scope = scopeOfRun(context);
    const client = await this.clients.forTenant(scope);
    let soFar: RoundProgress | undefined;
    try {
      const done = await this.sync.run(scope, client, {
        full,
        signal: context.signal,
        mayWrite: () => context.checkLease(),
        onProgress: (progress) => {
          soFar = progress;
          context.progress(countsOf(progress));
        },
      });
      return { stop: 'finished', counts: countsOf(done), context: contextOf(done) };
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      context.signal.throwIfAborted();
      context.log.warn('The groups could not be read to the end.', { code: error.code, requestId: error.requestId });
      return { stop: 'aborted', reasonCode: error.code, ...(soFar ? { context: contextOf(soFar) } : {}) };
    }
  }
}

function countsOf({ counts: { read } }: RoundProgress): {
  total: number;
  processed: number;
  success: number;
  failed: 0;
  skipped: 0;
} {
  return { total: read, processed: read, success: read, failed: 0, skipped: 0 };
}

/** How often which; a reading of all groups says why it was one. */
function contextOf({ kind, cause, resumed, pages, counts }: RoundProgress): Record<string, Json> {
  const { added, changed, returned, removed } = counts;
  return { reading: kind, ...(cause === null ? {} : { cause }), resumed, pages, added, changed, returned, removed };
}
