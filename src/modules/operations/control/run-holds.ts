import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/context/actor.js';
import { currentContext } from '../../../platform/context/request-context.js';
import { Database } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { RunControlRepository } from '../data/run-control.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunNotHeld } from '../operations.errors.js';
import { RingRefused, RunDispatcher } from '../start/run-dispatcher.js';
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

  /**
   * Answers the run, completed as failed where no worker could be told of it.
   * @throws RunNotHeld when the run does not wait for a person any more
   */
  async release(scope: TenantScope, actor: Actor, runId: string): Promise<{ row: RunRow; undispatched: boolean }> {
    const { transactional } = this.dispatcher;
    let row: RunRow;
    try {
      row = await this.endHold(scope, actor, runId, transactional);
    } catch (error) {
      if (!(error instanceof RingRefused)) throw error;
      row = await this.endHold(scope, actor, runId, false);
      return answerOf(row, await this.dispatcher.fail([row], error.cause));
    }
    return answerOf(row, transactional ? [] : await this.dispatcher.ringAfterCommit([row]));
  }

  private endHold(scope: TenantScope, actor: Actor, runId: string, ring: boolean): Promise<RunRow> {
    const context = { ...(currentContext() ?? { correlationId: randomUUID() }) };
    return this.database.transaction(async () => {
      const row = await this.runs.endHold(scope, runId, ring);
      if (!row) throw new RunNotHeld();
      await this.records.released({ row, actor, context });
      if (ring) await this.dispatcher.ringInTransaction([row]);
      return row;
    });
  }
}

function answerOf(row: RunRow, failed: readonly RunRow[]): { row: RunRow; undispatched: boolean } {
  return { row: failed[0] ?? row, undispatched: failed.length > 0 };
}
