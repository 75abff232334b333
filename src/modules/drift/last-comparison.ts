import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import type { RunView } from '../operations/operation-run.service.js';
import { OperationsFacade } from '../operations/operations.facade.js';
import { DriftGenerate } from './runs/drift-generate.run-type.js';

/**
 * Most tenants compare one selection, so the newest run is the one that is looked for. A comparison older than a hundred
 * others is not worth looking for.
 */
const RUNS_LOOKED_AT = [1, 100] as const;

/** The newest completed `drift.generate` of a scope. */
export interface LastComparison {
  /** The operation run. */
  runId: string;
  outcome: RunView['outcome'];
  at: string;
  baselineRunId: string | null;
  currentRunId: string | null;
  /** Findings that the tenant did not have before; null when the comparison did not come to its end. */
  newFindings: number | null;
}

/** Whether drift ever ran. A comparison that finds nothing leaves no finding, so only its run can tell. */
@Injectable()
export class LastComparisonLookup {
  constructor(private readonly operations: OperationsFacade) {}

  /** Null when none of the tenant's newest 100 completed comparisons was of this scope. */
  async of(scope: TenantScope, scopeKey: string): Promise<LastComparison | null> {
    for (const limit of RUNS_LOOKED_AT) {
      const runs = await this.operations.completedRuns(scope, DriftGenerate.kind, limit);
      const run = runs.find(({ context }) => context['scopeKey'] === scopeKey);
      if (run) return comparisonOf(run);
      if (runs.length < limit) return null;
    }
    return null;
  }
}

function comparisonOf({ id, outcome, context, completedAt, updatedAt }: RunView): LastComparison {
  const { baselineRunId, currentRunId, newFindings } = context;
  return {
    runId: id,
    outcome,
    at: completedAt ?? updatedAt,
    baselineRunId: typeof baselineRunId === 'string' ? baselineRunId : null,
    currentRunId: typeof currentRunId === 'string' ? currentRunId : null,
    newFindings: typeof newFindings === 'number' ? newFindings : null,
  };
}
