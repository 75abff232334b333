import { Injectable } from '@nestjs/common';
import { Processes, type RunContext, type RunProcessor, type WorkResult } from '#libs/run-kit/src/run-processor.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import { InventoryFacade } from '../../inventory/inventory.facade.js';
import { findDrift } from '../comparison/find-drift.js';
import { FindingRepository } from '../data/finding.repository.js';
import { DriftGenerate, type DriftGeneratePayload } from './drift-generate.run-type.js';
import { scopeOfRun } from '../../operations/run-scope.js';

/** Compares two sync runs and stores what is new. May be repeated: a finding that is there already is only seen again. */
@Processes(DriftGenerate)
@Injectable()
export class DriftGenerateProcessor implements RunProcessor<DriftGeneratePayload> {
  constructor(
    private readonly inventory: InventoryFacade,
    private readonly findings: FindingRepository,
    private readonly database: TenantDatabase,
  ) {}

  async work(payload: DriftGeneratePayload, context: RunContext): Promise<WorkResult> {
    const scope = scopeOfRun(context);
    // Before it is read: coverage of a sync run that goes in between would say that its policies are gone.
    const held = await this.inventory.holdSyncRuns(scope, [payload.baselineRunId, payload.currentRunId]);
    const [baseline, current] = [
      await this.inventory.syncRun(scope, payload.baselineRunId),
      await this.inventory.syncRun(scope, payload.currentRunId),
    ];
    if (!held || !baseline || !current) return { stop: 'aborted', reasonCode: 'drift.sync_run_gone' };

    const drift = await findDrift(
      { snapshots: await this.inventory.snapshots(scope, baseline.id), coverage: baseline.coverage },
      { snapshots: await this.inventory.snapshots(scope, current.id), coverage: current.coverage },
      {
        documents: (versionIds) => this.inventory.documents(scope, versionIds),
        compare: (before, after) => this.inventory.compare(before, after),
        normalisedName: (name) => this.inventory.normalisedName(name),
        checkpoint: async (done, total) => {
          context.progress({ total, processed: done, success: done });
          await context.checkLease();
        },
      },
    );
    const notCompared = drift.notCompared.map(({ type, reason }) => ({ type, reason }));
    if (drift.typesCompared === 0 && notCompared.length > 0) {
      return { stop: 'aborted', reasonCode: 'drift.nothing_comparable', context: { notCompared } };
    }
    const stored = await this.database.transaction(async () => {
      const counts = await this.findings.store(scope, payload, drift.findings);
      if (counts.created > 0) await this.inventory.keepSyncRuns(scope, [baseline.id, current.id]);
      return counts;
    });
    context.log.info('drift compared', { compared: drift.compared, ...stored });
    return {
      stop: 'finished',
      counts: { total: drift.compared, processed: drift.compared, success: drift.compared, failed: 0, skipped: 0 },
      context: { notCompared, newFindings: stored.created, knownFindings: stored.known },
    };
  }
}
