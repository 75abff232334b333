import { Injectable } from '@nestjs/common';
import { RUN_OUTCOMES, type SummaryCounts, type TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import { grantTenantScope } from '../../platform/database/tenant-scope.js';
import { RunSurveyRepository, type SurveyedRow, type TenantName } from './data/run-survey.repository.js';
import type { RunStatus } from './data/run-row.js';
import { MonitoringService } from './monitoring.service.js';
import { RunRegistry } from './registry/run-registry.js';
import { bucketOf, type RunBucket, type RunView } from './run-view.js';

/** A state as an operator names it: that of an active run, or the outcome of a completed one. */
export const RUN_STATES = ['queued', 'running', ...RUN_OUTCOMES.filter((outcome) => outcome !== 'pending')] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What a list is narrowed to; what is left out does not narrow it. */
export interface SurveyQuery {
  tenantId?: string;
  states?: readonly RunState[];
  /** A kind, present or former. */
  type?: string;
  /** The most runs that are answered. */
  limit: number;
}

/** A run in a list over all tenants. Times are ISO 8601 in UTC. */
export interface SurveyedRun {
  id: string;
  tenant: TenantName;
  type: string;
  label: string;
  /** The name of what the run is about, or its id where it has no name. */
  subject: string | null;
  bucket: RunBucket;
  counts: SummaryCounts;
  initiator: string;
  heldUntil: string | null;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
}

/** One line of a run's history. */
export interface RunHistoryEntry {
  at: string;
  kind: string;
  detail: Record<string, unknown>;
}

/** Events read at once. */
const PAGE = 100;

/** Runs over all tenants, for the operator of the machine, who may see every tenant anyway. */
@Injectable()
export class RunSurvey {
  constructor(
    private readonly runs: RunSurveyRepository,
    private readonly monitoring: MonitoringService,
    private readonly registry: RunRegistry,
  ) {}

  /** The tenant with this id, or the tenants with this name in any case. */
  tenants(nameOrId: string): Promise<TenantName[]> {
    return this.runs.tenants(nameOrId);
  }

  /** Newest first. */
  async list({ tenantId, states = RUN_STATES, type, limit }: SurveyQuery): Promise<SurveyedRun[]> {
    const known = type === undefined ? undefined : this.registry.find(type)?.type;
    const types = known ? [known.kind, ...known.formerKinds] : type === undefined ? undefined : [type];
    const rows = await this.runs.list(
      {
        ...(tenantId === undefined ? {} : { tenantId }),
        ...(types === undefined ? {} : { types }),
        active: states.filter(isActive),
        outcomes: states.filter((state): state is TerminalOutcome => !isActive(state)),
      },
      limit,
    );
    return rows.map((row) => this.surveyed(row));
  }

  /** A run with its tenant, archived or not; undefined when there is none. */
  async find(runId: string): Promise<{ run: RunView; tenant: TenantName } | undefined> {
    const tenant = await this.runs.tenantOf(runId);
    if (!tenant) return undefined;
    return { run: await this.monitoring.find(grantTenantScope(tenant.id), runId), tenant };
  }

  /** All that happened to a run, oldest first. */
  async history({ id, tenantId }: Pick<RunView, 'id' | 'tenantId'>): Promise<RunHistoryEntry[]> {
    const entries: RunHistoryEntry[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
      const page = await this.monitoring.events(grantTenantScope(tenantId), id, query);
      entries.push(...page.items.map(({ at, kind, detail }) => ({ at, kind, detail })));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return entries;
  }

  private surveyed(row: SurveyedRow): SurveyedRun {
    return {
      id: row.id,
      tenant: { id: row.tenant_id, name: row.tenant_name },
      type: row.type,
      label: this.registry.find(row.type)?.type.label.noun ?? row.type,
      subject: row.subject_name ?? row.subject_id,
      bucket: bucketOf(row.status, row.outcome),
      counts: row.summary_counts,
      initiator: row.initiator_name,
      heldUntil: row.held_until?.toISOString() ?? null,
      createdAt: row.created_at.toISOString(),
      startedAt: row.started_at?.toISOString() ?? null,
      completedAt: row.completed_at?.toISOString() ?? null,
    };
  }
}

function isActive(state: RunState): state is Exclude<RunStatus, 'completed'> {
  return state === 'queued' || state === 'running';
}
