import { Inject, Injectable } from '@nestjs/common';
import { KeepsHouse, type Housekeeping } from '#libs/run-kit/src/housekeeping.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { OperationsFacade } from '../operations/operations.facade.js';
import { OldSyncRunRepository } from './data/old-sync-run.repository.js';

/** Sync runs of one statement, each with a row for every type that it tried. */
const AT_ONCE = 100;
/** Of one tenant in one round, so that the others get their turn. */
const MOST_OF_A_TENANT = 1_000;

/** Lets sync runs go after their operation runs have left the lists, but for those that something still reads. */
@KeepsHouse()
@Injectable()
export class OldSyncRuns implements Housekeeping<TenantScope> {
  private readonly days: number;

  constructor(
    private readonly runs: OldSyncRunRepository,
    private readonly operations: OperationsFacade,
    @Inject(SETTINGS) settings: Pick<Settings, 'runs'>,
  ) {
    this.days = settings.runs.retentionDays;
  }

  /**
   * Goes on from the oldest to the first whose operation run is listed. That one may still be worked, and a sync that goes
   * on late must find what newer ones have read meanwhile: it would take back what they wrote.
   */
  async tidy(scope: TenantScope): Promise<void> {
    let after = '0';
    let removed = 0;
    while (removed < MOST_OF_A_TENANT) {
      const runs = await this.runs.unnamed(scope, this.days, after, AT_ONCE);
      const listed = await this.operations.listed(
        scope,
        runs.map((run) => run.operation_run_id),
      );
      const firstListed = runs.findIndex((run) => listed.has(run.operation_run_id));
      const old = runs.slice(0, firstListed < 0 ? runs.length : firstListed).map(({ id }) => id);
      if (old.length > 0) removed += await this.runs.remove(scope, old, this.days);
      if (old.length < AT_ONCE) return;
      after = old.at(-1) ?? after;
    }
  }
}
