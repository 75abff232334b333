import { Injectable } from '@nestjs/common';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { GraphClient } from '#libs/graph-client/src/graph-client.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { ReadingWriter } from '../data/reading-writer.js';
import { SyncRunRepository, type SyncAttempt, type SyncRunRow } from '../data/sync-run.repository.js';
import { atOnce } from './at-once.js';
import type { TypeCoverage } from './coverage.js';
import { syncOutcome } from './coverage.js';
import { readType } from './read-type.js';
import { scopeKeyOf, typesOf, type Selection } from './selection.js';

/** Types read at once: enough to hide Graph's latency, few enough to keep one tenant's memory small. */
const TYPES_AT_ONCE = 3;

export interface SyncOrder {
  operationRunId: string;
  attempt: number;
  selection: Selection;
  signal: AbortSignal;
  /** Called before each write; what it throws ends the sync. */
  mayWrite(): Promise<void>;
  /** Called as each type is done. */
  onType(coverage: TypeCoverage): void;
}

/** Reads a tenant through Graph into the inventory, each type for itself. */
@Injectable()
export class InventorySync {
  constructor(
    private readonly runs: SyncRunRepository,
    private readonly writer: ReadingWriter,
  ) {}

  /**
   * Syncs the selected types and closes the sync run. May be repeated for one operation run: a later attempt goes on
   * in the same sync run, and one that was closed before its worker was lost is only reported again.
   * @throws the signal's reason, or what `mayWrite` throws; the sync run then stays open
   */
  async run(scope: TenantScope, client: GraphClient, order: SyncOrder): Promise<SyncRunRow> {
    const { operationRunId, attempt, selection } = order;
    await order.mayWrite();
    const opened = await this.runs.open(scope, {
      operationRunId,
      attempt,
      selection,
      scopeKey: scopeKeyOf(selection),
    });
    if (opened.outcome !== null) {
      for (const coverage of opened.coverage) order.onType(coverage);
      return opened;
    }
    const sync: SyncAttempt = { syncRunId: opened.id, attempt };
    const coverage = await this.syncTypes(scope, client, sync, order);
    await order.mayWrite();
    await this.runs.finish(scope, sync, syncOutcome(coverage));
    return (await this.runs.find(scope, opened.id)) ?? opened;
  }

  /** One type that must stop (lease lost, cancelled) stops the others, so that nothing writes after this method. */
  private syncTypes(
    scope: TenantScope,
    client: GraphClient,
    sync: SyncAttempt,
    order: SyncOrder,
  ): Promise<TypeCoverage[]> {
    return atOnce(typesOf(order.selection), TYPES_AT_ONCE, order.signal, async (type, signal) => {
      const coverage = await this.syncType(scope, client, type, sync, { ...order, signal });
      order.onType(coverage);
      return coverage;
    });
  }

  private async syncType(
    scope: TenantScope,
    client: GraphClient,
    type: PolicyType,
    sync: SyncAttempt,
    order: SyncOrder,
  ): Promise<TypeCoverage> {
    order.signal.throwIfAborted();
    const reading = await readType(client, type, order.signal);
    order.signal.throwIfAborted();
    await order.mayWrite();
    return this.writer.apply(scope, sync, reading);
  }
}
