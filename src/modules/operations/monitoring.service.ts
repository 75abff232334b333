import { Injectable } from '@nestjs/common';
import type { RunOutcome } from '#libs/run-kit/src/run-outcome.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { decodeCursor, pageOf, type Page, type PageQuery } from '../../platform/http/page.js';
import { parseId } from '../../platform/http/parse-id.js';
import type { RunRow, RunStatus } from './data/run-row.js';
import { RunDetailRepository } from './data/run-detail.repository.js';
import { RunListRepository } from './data/run-list.repository.js';
import type { OperationsQuery, RunEventPageDto, RunItemPageDto, RunSummaryDto } from './http/operations.dto.js';
import { filterOf } from './http/run-filter-query.js';
import type { ItemsQuery } from './http/run-items.dto.js';
import { RunRegistry } from './registry/run-registry.js';
import { bucketOf, RUN_BUCKETS, viewOf, type RunView } from './run-view.js';

/** The widget shows five; more would only be counted. */
const ACTIVE_SHOWN = 50;

/** What the Monitoring pages show of one tenant, from PostgreSQL alone. */
@Injectable()
export class MonitoringService {
  constructor(
    private readonly runs: RunListRepository,
    private readonly details: RunDetailRepository,
    private readonly registry: RunRegistry,
  ) {}

  /** Newest first; the keyset is `(created_at, id)`, so rows that arrive do not move a page. */
  async list(scope: TenantScope, query: OperationsQuery): Promise<Page<RunView>> {
    const after = decodeCursor(query.cursor, ['time', 'id']);
    const rows = await this.runs.page(scope, filterOf(query, this.registry), after, query.limit + 1);
    return pageOf(
      rows,
      query.limit,
      (row) => [row.cursor_at, row.id],
      (row) => viewOf(row, this.registry),
    );
  }

  /** Those of `runIds` that {@link list} would come to. */
  listed(scope: TenantScope, runIds: readonly string[]): Promise<string[]> {
    return this.runs.listed(scope, runIds);
  }

  async active(scope: TenantScope, userId: string | undefined): Promise<Page<RunView>> {
    const rows = await this.runs.active(scope, userId, ACTIVE_SHOWN);
    return { items: rows.map((row) => viewOf(row, this.registry)), nextCursor: null };
  }

  /** @throws AccessDenied for a run that is not this tenant's, foreign and unknown alike */
  async find(scope: TenantScope, runId: string): Promise<RunView> {
    return viewOf(await this.required(scope, runId), this.registry);
  }

  async items(scope: TenantScope, runId: string, query: ItemsQuery): Promise<RunItemPageDto> {
    const run = await this.required(scope, runId);
    const filter = { results: query.result, reasonCodes: query.reasonCode };
    const rows = await this.details.items(scope, run, filter, afterId(query), query.limit + 1);
    return pageOf(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => ({
        itemId: row.item_id,
        kind: row.kind,
        ...(row.name === null ? {} : { name: row.name }),
        result: row.result,
        ...(row.reason_code === null ? {} : { reasonCode: row.reason_code }),
        ...(row.reason === null ? {} : { reason: row.reason }),
      }),
    );
  }

  async events(scope: TenantScope, runId: string, query: PageQuery): Promise<RunEventPageDto> {
    const run = await this.required(scope, runId);
    const rows = await this.details.events(scope, run, afterId(query), query.limit + 1);
    return pageOf(
      rows,
      query.limit,
      (row) => [row.id],
      (row) => ({ id: row.id, at: row.at.toISOString(), kind: row.kind, detail: row.detail }),
    );
  }

  async summary(scope: TenantScope): Promise<RunSummaryDto> {
    const total = emptyBuckets();
    const types = new Map(this.registry.all().map(({ type }) => [type.kind, emptyBuckets()]));
    for (const count of await this.runs.counts(scope)) {
      const kind = this.registry.find(count.type)?.type.kind ?? count.type;
      const bucket = bucketOf(count.status as RunStatus, count.outcome as RunOutcome);
      const ofType = types.get(kind) ?? emptyBuckets();
      types.set(kind, ofType);
      for (const buckets of [ofType, total]) buckets[bucket] = (buckets[bucket] ?? 0) + Number(count.runs);
    }
    return {
      buckets: total,
      types: [...types].map(([type, buckets]) => ({
        type,
        label: this.registry.find(type)?.type.label.noun ?? type,
        buckets,
      })),
    };
  }

  private async required(scope: TenantScope, runId: string): Promise<RunRow & { archived: boolean }> {
    const row = await this.details.find(scope, runId);
    if (!row) throw new AccessDenied();
    return row;
  }
}

function afterId(query: PageQuery): string | undefined {
  const after = decodeCursor(query.cursor, ['id'])?.[0];
  return after === undefined ? undefined : parseId(after);
}

function emptyBuckets(): Record<string, number> {
  return Object.fromEntries(RUN_BUCKETS.map((bucket) => [bucket, 0]));
}
