import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/context/actor.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { OperationRunService, type StartedRun } from '../operations/operation-run.service.js';
import { UnknownCategory, UnknownPolicyType } from './inventory.errors.js';
import { InventorySyncRun, type InventorySelection } from './runs/inventory-sync.run-type.js';
import { normaliseSelection, unknownNames } from './sync/selection.js';

/** Starts inventory syncs. */
@Injectable()
export class InventoryService {
  constructor(private readonly operations: OperationRunService) {}

  /**
   * Starts a sync of the selection, of everything when left out; an equal one that is active is answered instead.
   * @throws UnknownPolicyType, UnknownCategory when the selection names what this version does not know
   */
  startSync(scope: TenantScope, actor: Actor, selection?: InventorySelection): Promise<StartedRun> {
    this.requireKnown(selection, 'selection');
    return this.operations.start(scope, actor, InventorySyncRun, selection === undefined ? {} : { selection });
  }

  /**
   * @param field where the selection stands in what the caller sent, for the answer
   * @throws UnknownPolicyType, UnknownCategory
   */
  requireKnown(selection: InventorySelection | undefined, field: string): void {
    const unknown = unknownNames(normaliseSelection(selection));
    if (unknown.policyTypes.length > 0) throw new UnknownPolicyType(`${field}.policyTypes`, unknown.policyTypes);
    if (unknown.categories.length > 0) throw new UnknownCategory(`${field}.categories`, unknown.categories);
  }
}
