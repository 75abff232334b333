import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { RunDurationsRepository, type WorkedRow } from './data/run-durations.repository.js';
import type { RunDurationsDto } from './http/run-durations.dto.js';
import { RunRegistry } from './registry/run-registry.js';

/** Runs of a type that are looked at. */
export const DURATIONS_SHOWN = 50;

/** How long this tenant's runs of a type usually take, from the newest of them. */
@Injectable()
export class RunDurations {
  constructor(
    private readonly runs: RunDurationsRepository,
    private readonly registry: RunRegistry,
  ) {}

  /** One entry for each type asked for, in that order; former kinds count to the present one. */
  async of(scope: TenantScope, types: readonly string[]): Promise<RunDurationsDto> {
    const asked = [...new Set(types.map((type) => this.registry.find(type)?.type.kind ?? type))];
    const kindsOf = (type: string): string[] => {
      const known = this.registry.find(type)?.type;
      return known ? [known.kind, ...known.formerKinds] : [type];
    };
    const rows = await this.runs.newest(scope, asked.flatMap(kindsOf), DURATIONS_SHOWN);
    return {
      items: asked.map((type) => {
        const kinds = new Set(kindsOf(type));
        const own = rows.filter((row) => kinds.has(row.type)).sort(newestFirst);
        return {
          type,
          label: this.registry.find(type)?.type.label.noun ?? type,
          ...quantiles(own),
          runs: own.slice(0, DURATIONS_SHOWN).map((row) => ({
            id: row.id,
            outcome: row.outcome,
            startedAt: row.started_at.toISOString(),
            workedMs: Math.round(row.worked_ms),
          })),
        };
      }),
      nextCursor: null,
    };
  }
}

/** Of the runs that did their work: one that failed or was cancelled says nothing of how long the work takes. */
function quantiles(rows: readonly WorkedRow[]): { p50Ms: number | null; p90Ms: number | null } {
  const worked = rows
    .slice(0, DURATIONS_SHOWN)
    .filter(({ outcome }) => outcome === 'succeeded' || outcome === 'partially_succeeded')
    .map((row) => Math.round(row.worked_ms))
    .sort((a, b) => a - b);
  const nearestRank = (share: number): number | null => worked[Math.ceil(share * worked.length) - 1] ?? null;
  return { p50Ms: nearestRank(0.5), p90Ms: nearestRank(0.9) };
}

function newestFirst(a: WorkedRow, b: WorkedRow): number {
  return b.started_at.getTime() - a.started_at.getTime();
}
