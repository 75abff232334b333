import { Injectable } from '@nestjs/common';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { OperationsFacade } from '../operations/operations.facade.js';
import { KnownPoliciesRepository } from './data/known-policies.repository.js';
import { SyncRunRepository, type SyncRunRow } from './data/sync-run.repository.js';
import { coverageInWords } from './sync/coverage-in-words.js';
import { COVERAGE_STATES, type CoverageState, type SyncOutcome, type TypeCoverage } from './sync/coverage.js';
import { normaliseSelection, scopeKeyOf } from './sync/selection.js';

/** A type that a sync did not read to the end. */
export interface CoverageGap {
  type: string;
  label: string;
  state: Exclude<CoverageState, 'read'>;
  /** What went wrong and what to do; null where the sync named no reason. */
  reason: string | null;
}

/** A finished sync, and how much of the tenant it read. Times are ISO 8601 in UTC. */
export interface LastSync {
  id: string;
  operationRunId: string;
  outcome: SyncOutcome;
  startedAt: string;
  finishedAt: string;
  /** Whether it was to read everything that is supported. */
  wholeTenant: boolean;
  /** Policies that its lists named. */
  policies: number;
  versionsWritten: number;
  coverage: {
    words: string;
    types: number;
    byState: Record<CoverageState, number>;
    /** By label; {@link GAPS_NAMED} at most. */
    gaps: CoverageGap[];
  };
}

/** Policies of the tenant as the inventory knows them. */
export interface KnownPolicies {
  now: number;
  /** At the end of each day that was asked for; null before the first policy was known. */
  perDay: (number | null)[];
}

const GAPS_NAMED = 10;

/** What a summary of the tenant asks of the inventory. */
@Injectable()
export class InventoryHealth {
  constructor(
    private readonly runs: SyncRunRepository,
    private readonly known: KnownPoliciesRepository,
    private readonly operations: OperationsFacade,
  ) {}

  /** The newest sync that has come to its end, whatever its outcome; null when none ever has. */
  async lastSync(scope: TenantScope): Promise<LastSync | null> {
    const row = await this.runs.newestFinished(scope);
    if (!row?.finished_at || row.outcome === null) return null;
    return {
      id: row.id,
      operationRunId: row.operation_run_id,
      outcome: row.outcome,
      startedAt: row.started_at.toISOString(),
      finishedAt: row.finished_at.toISOString(),
      wholeTenant: row.scope_key === scopeKeyOf(normaliseSelection()),
      policies: row.policies,
      versionsWritten: row.versions_written,
      coverage: this.coverageOf(row),
    };
  }

  /**
   * How many policies the tenant had at the end of each of `days`, consecutive days in UTC as `yyyy-mm-dd`, oldest first.
   * One that was removed and came back counts all along: the inventory keeps its first and its last day alone.
   */
  async knownPolicies(scope: TenantScope, days: readonly string[]): Promise<KnownPolicies> {
    const rows = await this.known.since(scope, days[0] ?? '');
    const first = rows.map(({ came }) => came).sort()[0];
    const count = (counts: (row: (typeof rows)[number]) => boolean): number =>
      rows.filter(counts).reduce((sum, { policies }) => sum + policies, 0);
    return {
      now: count(({ went }) => went === null),
      perDay: days.map((day) =>
        first === undefined || first > day
          ? null
          : count(({ came, went }) => came <= day && (went === null || went > day)),
      ),
    };
  }

  private coverageOf({ coverage }: SyncRunRow): LastSync['coverage'] {
    const byState = Object.fromEntries(
      COVERAGE_STATES.map((state) => [state, coverage.filter((one) => one.state === state).length]),
    ) as Record<CoverageState, number>;
    const gaps = coverage.flatMap((one) => this.gapOf(one) ?? []).sort((a, b) => (a.label < b.label ? -1 : 1));
    return { words: coverageInWords(byState), types: coverage.length, byState, gaps: gaps.slice(0, GAPS_NAMED) };
  }

  private gapOf({ type, state, reasonCode }: TypeCoverage): CoverageGap | undefined {
    if (state === 'read') return undefined;
    const reason = reasonCode === null ? null : this.operations.sentenceOf(reasonCode);
    return { type, label: policyType(type)?.label ?? type, state, reason };
  }
}
