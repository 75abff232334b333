import { Injectable } from '@nestjs/common';
import { PreparesScheduled, type RunPreparation } from '#libs/run-kit/src/run-preparation.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { InventoryService } from '../inventory.service.js';
import { InventorySyncRun, type InventorySyncPayload } from './inventory-sync.run-type.js';

/** Keeps a selection of unknown types off a schedule; each tick then syncs what the schedule keeps. */
@PreparesScheduled(InventorySyncRun)
@Injectable()
export class InventorySyncPreparation implements RunPreparation<
  InventorySyncPayload,
  InventorySyncPayload,
  TenantScope
> {
  constructor(private readonly inventory: InventoryService) {}

  /** @throws UnknownPolicyType, UnknownCategory */
  check(_scope: TenantScope, { selection }: InventorySyncPayload): Promise<void> {
    this.inventory.requireKnown(selection, 'payload.selection');
    return Promise.resolve();
  }

  prepare(_scope: TenantScope, request: InventorySyncPayload): Promise<InventorySyncPayload> {
    return Promise.resolve(request);
  }
}
