import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/context/actor.js';
import { currentContext } from '../../../platform/context/request-context.js';
import { Database } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { RunControlRepository } from '../data/run-control.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunNotHeld } from '../operations.errors.js';
import { RunDispatcher } from '../start/run-dispatcher.js';
import { RunRecords } from '../start/run-records.js';

/** Lets runs go that wait for a person. */
@Injectable()
export class RunHolds {
  constructor(
    private readonly database: Database,
    private readonly runs: RunControlRepository,
    private readonly dispatcher: RunDispatcher,
    private readonly records: RunRecords,
  ) {}

  /** @throws RunNotHeld when the run does not wait for a person any more */
  async release(scope: TenantScope, actor: Actor, runId: string): Promise<{ row: RunRow; undispatched: boolean }> {
    const context = { ...(currentContext() ?? { correlationId: randomUUID() }) };
    const { transactional } = this.dispatcher;
    const row = await this.database.transaction(async () => {
      const released = await this.runs.endHold(scope, runId, transactional);
      if (!released) throw new RunNotHeld();
      await this.records.released({ row: released, actor, context });
      if (transactional) await this.dispatcher.ringInTransaction([released]);
      return released;
    });
    const [failed] = transactional ? [] : await this.dispatcher.ringAfterCommit([row]);
    return { row: failed ?? row, undispatched: failed !== undefined };
  }
}
