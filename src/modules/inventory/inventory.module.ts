import { Module } from '@nestjs/common';
import { OperationsModule } from '../operations/operations.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { PolicyRepository } from './data/policy.repository.js';
import { ReadingWriter } from './data/reading-writer.js';
import { SyncRunRepository } from './data/sync-run.repository.js';
import { VersionWriter } from './data/version-writer.js';
import { InventoryFacade } from './inventory.facade.js';
import { InventoryPages } from './inventory-pages.js';
import { InventoryService } from './inventory.service.js';
import { InventorySyncPreparation } from './runs/inventory-sync.preparation.js';
import { InventorySyncProcessor } from './runs/inventory-sync.processor.js';
import { GraphClients, TenancyGraphClients } from './sync/graph-clients.js';
import { InventorySync } from './sync/inventory-sync.js';

/** Policies, their versions and syncs; safe in both processes. */
@Module({
  imports: [TenancyModule, OperationsModule],
  providers: [
    InventoryFacade,
    InventoryPages,
    InventoryService,
    InventorySync,
    InventorySyncPreparation,
    InventorySyncProcessor,
    PolicyRepository,
    ReadingWriter,
    SyncRunRepository,
    VersionWriter,
    { provide: GraphClients, useClass: TenancyGraphClients },
  ],
  exports: [InventoryFacade, InventoryPages, InventoryService],
})
export class InventoryModule {}
