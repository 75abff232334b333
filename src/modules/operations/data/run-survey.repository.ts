import { Injectable } from '@nestjs/common';
import type { RunOutcome, SummaryCounts, TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import { Database, type SqlValue } from '../../../platform/database/database.js';
import type { RunStatus } from './run-row.js';

export interface TenantName {
  id: string;
  name: string;
}

/** A run in a list over all tenants; neither payload nor context is read. */
export interface SurveyedRow {
  id: string;
  tenant_id: string;
  tenant_name: string;
  type: string;
  status: RunStatus;
  outcome: RunOutcome;
  subject_type: string | null;
  subject_id: string | null;
  subject_name: string | null;
  summary_counts: SummaryCounts;
  initiator_name: string;
  held_until: Date | null;
  created_at: Date;
  started_at: Date | null;
  completed_at: Date | null;
}

/** What a list over all tenants is narrowed to. */
export interface SurveyFilter {
  tenantId?: string;
  /** Active runs in one of these states, and completed ones with one of these outcomes. */
  active: readonly Exclude<RunStatus, 'completed'>[];
  outcomes: readonly TerminalOutcome[];
  types?: readonly string[];
}

const COLUMNS = `r.id, r.tenant_id, t.name AS tenant_name, r.type, r.status, r.outcome, r.subject_type, r.subject_id,
  r.subject_name, r.summary_counts, r.initiator_name, r.held_until, r.created_at, r.started_at, r.completed_at`;

/** Reads runs of every tenant, for the operator of the machine; no answer over HTTP may come from here. */
@Injectable()
export class RunSurveyRepository {
  constructor(private readonly database: Database) {}

  /** The tenant with this id, or the tenants with this name in any case. */
  tenants(nameOrId: string): Promise<TenantName[]> {
    return this.database.query<TenantName>(
      'SELECT id, name FROM tenants WHERE id::text = lower($1) OR lower(name) = lower($1) ORDER BY name, id',
      [nameOrId],
    );
  }

  /** Whose run it is, in the table or in the archive. */
  async tenantOf(runId: string): Promise<TenantName | undefined> {
    const [tenant] = await this.database.query<TenantName>(
      `SELECT t.id, t.name FROM tenants t JOIN (
         SELECT tenant_id FROM operation_runs WHERE id = $1::bigint
         UNION ALL
         SELECT tenant_id FROM operation_runs_archive WHERE id = $1::bigint) AS found ON found.tenant_id = t.id`,
      [runId],
    );
    return tenant;
  }

  /** Newest first, `limit` at most; archived runs are left out. */
  list({ tenantId, active, outcomes, types }: SurveyFilter, limit: number): Promise<SurveyedRow[]> {
    const parameters: SqlValue[] = [limit];
    const bind = (value: SqlValue): string => `$${parameters.push(value)}`;
    const always = [
      ...(tenantId === undefined ? [] : [`tenant_id = ${bind(tenantId)}::uuid`]),
      ...(types === undefined ? [] : [`type = ANY (${bind([...types])})`]),
    ];
    // One tenant's runs are read by their own index, all tenants' by the id, which grows with the time.
    const newest = tenantId === undefined ? 'id DESC' : 'created_at DESC, id DESC';
    const branch = (state: string): string =>
      `(SELECT id, created_at FROM operation_runs WHERE ${[state, ...always].join(' AND ')} ORDER BY ${newest} LIMIT $1)`;
    const branches = [
      ...(active.length === 0 ? [] : [branch(`completed_at IS NULL AND status = ANY (${bind([...active])})`)]),
      ...(outcomes.length === 0 ? [] : [branch(`status = 'completed' AND outcome = ANY (${bind([...outcomes])})`)]),
    ];
    if (branches.length === 0) return Promise.resolve([]);
    return this.database.query<SurveyedRow>(
      `WITH page AS (SELECT id FROM (${branches.join(' UNION ALL ')}) AS found ORDER BY ${newest} LIMIT $1)
       SELECT ${COLUMNS} FROM page JOIN operation_runs r USING (id) JOIN tenants t ON t.id = r.tenant_id
       ORDER BY ${newest.replaceAll(/\b(created_at|id)\b/g, 'r.$1')}`,
      parameters,
    );
  }
}
