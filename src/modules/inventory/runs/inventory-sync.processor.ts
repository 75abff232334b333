import { Injectable } from '@nestjs/common';
import { Processes, type RunContext, type RunProcessor, type WorkResult } from '#libs/run-kit/src/run-processor.js';
import { itemOf } from '../sync/coverage.js';
import { InventorySync } from '../sync/inventory-sync.js';
import { normaliseSelection, typesOf } from '../sync/selection.js';
import { InventorySyncPayload, InventorySyncRun } from './inventory-sync.run-type.js';
import { scopeOfRun } from '../../operations/run-scope.js';
import { GraphClients } from '../../tenancy/graph-clients.facade.js';

/** Works an inventory sync: one item per policy type. */
@Processes(InventorySyncRun)
@Injectable()
export class InventorySyncProcessor implements RunProcessor<InventorySyncPayload> {
  constructor(
    private readonly clients: GraphClients,
    private readonly sync: InventorySync,
  ) {}

  async work({ selection: asked }: InventorySyncPayload, context: RunContext): Promise<WorkResult> {
    const selection = normaliseSelection(asked);
    const total = typesOf(selection).length;
    if (total === 0) return { stop: 'aborted', reasonCode: 'inventory.nothing_selected' };
    const scope = scopeOfRun(context);
    const client = await this.clients.forTenant(scope);
    context.progress({ total });
    const synced = await this.sync.run(scope, client, {
      operationRunId: context.runId,
      attempt: context.attempt,
      selection,
      signal: context.signal,
      mayWrite: () => context.checkLease(),
      onType: (coverage) => {
        context.item(itemOf(coverage));
        if (coverage.reasonCode !== null) {
          context.log.warn('A policy type was not read whole.', { ...coverage });
        }
      },
    });
    return {
      stop: 'finished',
      context: { syncRunId: synced.id, policies: synced.policies, versionsWritten: synced.versions_written },
    };
  }
}
