import { Injectable } from '@nestjs/common';
import type { TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

/** A completed run that a worker had; `worked_ms` is from the first claim to the end. */
export interface WorkedRow {
  id: string;
  type: string;
  outcome: TerminalOutcome;
  started_at: Date;
  worked_ms: number;
}

/** How long a tenant's runs took: the newest of each kind, read in the order of an index, whatever the history. */
@Injectable()
export class RunDurationsRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** The newest `most` of each of these stored kinds, in no order among kinds. */
  newest(scope: TenantScope, kinds: readonly string[], most: number): Promise<WorkedRow[]> {
    return this.database.query<WorkedRow>(
      scope,
      `SELECT r.id, r.type, r.outcome, r.started_at,
         (extract(epoch FROM r.completed_at - r.started_at) * 1000)::float8 AS worked_ms
       FROM unnest($2::text[]) AS k (kind) CROSS JOIN LATERAL (
         SELECT id, type, outcome, started_at, completed_at FROM operation_runs
         WHERE tenant_id = $1 AND status = 'completed' AND type = k.kind AND started_at IS NOT NULL
         ORDER BY created_at DESC, id DESC LIMIT $3) r`,
      [[...kinds], most],
      { prepared: true },
    );
  }
}
