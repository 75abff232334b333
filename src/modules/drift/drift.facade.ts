import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { InventoryFacade } from '../inventory/inventory.facade.js';
import { chooseRuns } from './comparison/choose-runs.js';
import { FindingCountsRepository, type FindingDayRow } from './data/finding-counts.repository.js';
import type { FindingSeverity } from './finding.js';
import { LastComparisonLookup, type LastComparison } from './last-comparison.js';

export type { FindingSeverity } from './finding.js';
export type { LastComparison } from './last-comparison.js';

/** Where drift stands in a tenant. */
export interface DriftHealth {
  /** Findings that wait for a decision: new ones, and those that were settled and came again. */
  open: number;
  openBySeverity: Record<FindingSeverity, number>;
  /** {@link open} at the end of each day that was asked for; null before anything is known to have been compared. */
  openPerDay: (number | null)[];
  /** The newest comparison of syncs of everything that has come to its end; null when none has. */
  lastComparison: LastComparison | null;
  /** What is missing, in words, before syncs of everything can be compared; null when nothing is. */
  missing: string | null;
}

/** The door of `drift` for other modules. */
@Injectable()
export class DriftFacade {
  constructor(
    private readonly counts: FindingCountsRepository,
    private readonly comparisons: LastComparisonLookup,
    private readonly inventory: InventoryFacade,
  ) {}

  /**
   * Now, and at the end of each of `days`: consecutive days in UTC as `yyyy-mm-dd`, the last of them today. The days before
   * are reckoned back from now by what came and what was acknowledged since.
   */
  async health(scope: TenantScope, days: readonly string[]): Promise<DriftHealth> {
    const scopeKey = this.inventory.defaultScopeKey();
    const [open, changes, firstDay, lastComparison, { missing }] = await Promise.all([
      this.counts.open(scope),
      this.counts.since(scope, days[0] ?? ''),
      this.counts.firstDay(scope),
      this.comparisons.of(scope, scopeKey),
      chooseRuns(this.inventory, scope, scopeKey),
    ]);
    const ofSeverity = (severity: FindingSeverity): number =>
      open.find((row) => row.severity === severity)?.findings ?? 0;
    const total = open.reduce((sum, { findings }) => sum + findings, 0);
    const [known] = [firstDay, lastComparison?.at.slice(0, 10)].filter((day) => day !== undefined).sort();
    return {
      open: total,
      openBySeverity: { high: ofSeverity('high'), medium: ofSeverity('medium'), low: ofSeverity('low') },
      openPerDay: openPerDay(total, changes, days).map((count, at) =>
        known === undefined || (days[at] ?? '') < known ? null : count,
      ),
      lastComparison,
      missing,
    };
  }
}

function openPerDay(now: number, changes: readonly FindingDayRow[], days: readonly string[]): number[] {
  const perDay: number[] = [];
  let atEnd = now;
  for (const day of [...days].reverse()) {
    perDay.unshift(Math.max(0, atEnd));
    const change = changes.find((row) => row.day === day);
    atEnd -= (change?.created ?? 0) - (change?.acknowledged ?? 0);
  }
  return perDay;
}
