import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/context/actor.js';
import { currentContext } from '../../../platform/context/request-context.js';
import { Database } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { RunControlRepository } from '../data/run-control.repository.js';
import type { RunRow } from '../data/run-row.js';
import { RunChanges } from '../live/run-changes.js';
import { RunCompleted } from '../operations.errors.js';
import { RunRecords } from '../start/run-records.js';
import { RunEndings } from '../work/run-endings.js';

/** Stops runs: the row carries the wish, so that whichever process works the run sees it. */
@Injectable()
export class RunCanceller {
  constructor(
    private readonly database: Database,
    private readonly runs: RunControlRepository,
    private readonly records: RunRecords,
    private readonly endings: RunEndings,
    private readonly changes: RunChanges,
  ) {}

  /**
   * Answers the run as it is then: completed when no worker had it yet, else with the wish on it.
   * @throws RunCompleted when there is nothing left to cancel
   */
  async cancel(scope: TenantScope, actor: Actor, runId: string): Promise<RunRow> {
    const context = { ...(currentContext() ?? { correlationId: randomUUID() }) };
    const row = await this.database.transaction(async () => {
      const asked = await this.runs.requestCancel(scope, runId, actor.name);
      if (!asked) throw new RunCompleted();
      await this.records.cancelled({ row: asked, actor, context });
      return asked;
    });
    if (row.status === 'queued') {
      const cancelled = await this.endings.cancel({ by: 'queued', runId, seq: row.dispatch_seq });
      if (cancelled) return cancelled;
    }
    // Running, or taken in this moment: its worker looks at once, and at its next heartbeat if this signal is lost.
    this.changes.cancelRequested(row);
    return (await this.runs.find(scope, runId)) ?? row;
  }
}
