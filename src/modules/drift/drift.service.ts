import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/context/actor.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { InventoryFacade, type SyncRunHead, type SyncRunRef } from '../inventory/inventory.facade.js';
import { OperationRunService, type StartedRun } from '../operations/operation-run.service.js';
import { chooseRuns, isOlder, type ChosenRuns } from './comparison/choose-runs.js';
import { planCoverage } from './comparison/coverage-plan.js';
import { NotEnoughRuns, RunsNotComparable } from './drift.errors.js';
import type { NotCompared } from './finding.js';
import { LastComparisonLookup, type LastComparison } from './last-comparison.js';
import { DriftGenerate, type DriftGeneratePayload } from './runs/drift-generate.run-type.js';

/** That there are many is enough to say. */
const RUNS_COUNTED = 200;

export interface GenerateDrift {
  scopeKey?: string | undefined;
  baselineRunId?: string | undefined;
  currentRunId?: string | undefined;
}

/** One of the two runs, as the drift page shows it. */
export interface ComparableRun {
  id: string;
  outcome: SyncRunHead['outcome'];
  finishedAt: string;
}

/** Whether drift can be generated for a scope now, and what is missing if not. */
export interface DriftStatus {
  scopeKey: string;
  ready: boolean;
  /** Finished syncs of the scope that read something and are kept, 200 at most. */
  syncRuns: number;
  missing: string | null;
  baseline: ComparableRun | null;
  current: ComparableRun | null;
  notCompared: NotCompared[];
  /** Null when drift never ran for this scope. */
  lastComparison: LastComparison | null;
}

/** Starts comparisons and says whether one could be started. */
@Injectable()
export class DriftService {
  constructor(
    private readonly inventory: InventoryFacade,
    private readonly operations: OperationRunService,
    private readonly comparisons: LastComparisonLookup,
  ) {}

  /**
   * Starts a comparison of two sync runs of one scope; what is not named is chosen (see `chooseRuns`).
   * @throws NotEnoughRuns when there is no pair to compare
   * @throws RunsNotComparable when the named runs are of another scope, or the baseline is not the older one
   * @throws AccessDenied when a named run is not this tenant's
   */
  async generate(scope: TenantScope, actor: Actor, request: GenerateDrift): Promise<StartedRun> {
    return this.operations.start(scope, actor, DriftGenerate, await this.choose(scope, request));
  }

  /**
   * The comparison that {@link generate} would start; throws what it throws, and starts nothing. What is to be compared is
   * held, so that it is still there when a worker comes to it.
   */
  async choose(scope: TenantScope, request: GenerateDrift): Promise<DriftGeneratePayload> {
    const { scopeKey, chosen } = await this.chosen(scope, request);
    if (!chosen.baseline || !chosen.current) throw new NotEnoughRuns(chosen.missing ?? 'Run an inventory sync.');
    const { baseline, current } = chosen;
    await this.inventory.holdSyncRuns(scope, [baseline.id, current.id]);
    return { scopeKey, baselineRunId: baseline.id, currentRunId: current.id };
  }

  /**
   * What {@link generate} would compare, and what it last did in this scope; starts nothing.
   * @throws RunsNotComparable, AccessDenied as {@link generate} does
   */
  async status(scope: TenantScope, request: GenerateDrift = {}): Promise<DriftStatus> {
    const { scopeKey, chosen } = await this.chosen(scope, request);
    const { baseline, current, missing } = chosen;
    const runs = await this.inventory.syncRuns(scope, scopeKey, { limit: RUNS_COUNTED });
    return {
      scopeKey,
      ready: missing === null,
      syncRuns: runs.length,
      missing,
      baseline: baseline && comparable(baseline),
      current: current && comparable(current),
      notCompared: baseline && current ? await this.notCompared(scope, baseline.id, current.id) : [],
      lastComparison: await this.comparisons.of(scope, scopeKey),
    };
  }

  private async chosen(scope: TenantScope, request: GenerateDrift): Promise<{ scopeKey: string; chosen: ChosenRuns }> {
    const baselinePin = await this.pinned(scope, request.baselineRunId);
    const currentPin = await this.pinned(scope, request.currentRunId);
    const scopeKey =
      request.scopeKey ?? currentPin?.scopeKey ?? baselinePin?.scopeKey ?? this.inventory.defaultScopeKey();
    requireScope('baselineRunId', baselinePin, scopeKey);
    requireScope('currentRunId', currentPin, scopeKey);
    const pinned = { baseline: baselinePin, current: currentPin };
    const chosen = await chooseRuns(this.inventory, scope, scopeKey, pinned);
    if (chosen.baseline && chosen.current && !isOlder(chosen.baseline, chosen.current)) {
      throw new RunsNotComparable('baselineRunId', 'The baseline must be an older sync run than the current one.');
    }
    return { scopeKey, chosen };
  }

  private async notCompared(scope: TenantScope, baselineId: string, currentId: string): Promise<NotCompared[]> {
    const baseline = await this.inventory.syncRun(scope, baselineId);
    const current = await this.inventory.syncRun(scope, currentId);
    return baseline && current ? planCoverage(baseline.coverage, current.coverage).notCompared : [];
  }

  private async pinned(scope: TenantScope, id: string | undefined): Promise<SyncRunRef | undefined> {
    if (id === undefined) return undefined;
    const run = await this.inventory.syncRun(scope, id);
    if (!run) throw new AccessDenied();
    return run;
  }
}

function requireScope(field: 'baselineRunId' | 'currentRunId', run: SyncRunRef | undefined, scopeKey: string): void {
  if (run && run.scopeKey !== scopeKey) {
    throw new RunsNotComparable(field, 'The sync run is of another selection; compare two runs of the same one.');
  }
}

function comparable({ id, outcome, finishedAt }: SyncRunHead): ComparableRun {
  return { id, outcome, finishedAt };
}
