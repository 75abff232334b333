import { Module } from '@nestjs/common';
import { CryptoModule } from '../../platform/crypto/crypto.module.js';
import { SealedColumns } from '../../platform/crypto/sealed-columns.js';
import { OperationsModule } from '../operations/operations.module.js';
import { GraphClientsModule } from '../tenancy/graph-clients.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { KnownPoliciesRepository } from './data/known-policies.repository.js';
import { OldSyncRunRepository } from './data/old-sync-run.repository.js';
import { PolicyFacetsRepository } from './data/policy-facets.repository.js';
import { PolicyRepository } from './data/policy.repository.js';
import { ReadingNoteRepository } from './data/reading-note.repository.js';
import { ReadingWriter } from './data/reading-writer.js';
import { ReferenceRepository } from './data/reference.repository.js';
import { SEALED_NOTES } from './data/sealed-notes.js';
import { SettingNameRepository } from './data/setting-name.repository.js';
import { SyncRunRepository } from './data/sync-run.repository.js';
import { VersionWriter } from './data/version-writer.js';
import { InventoryFacade } from './inventory.facade.js';
import { InventoryFacets } from './inventory-facets.js';
import { InventoryHealth } from './inventory-health.facade.js';
import { InventoryPages } from './inventory-pages.js';
import { InventoryService } from './inventory.service.js';
import { OldSyncRuns } from './old-sync-runs.js';
import { PolicyHistory } from './policy-history.js';
import { PolicyImportService } from './interchange/policy-import.service.js';
import { InventorySyncPreparation } from './runs/inventory-sync.preparation.js';
import { InventorySyncProcessor } from './runs/inventory-sync.processor.js';
import { PolicyDependencies } from './policy-dependencies.js';
import { PolicySettingNames } from './policy-setting-names.js';
import { InventorySync } from './sync/inventory-sync.js';

/** Policies, their versions and syncs; safe in both processes. */
@Module({
  imports: [TenancyModule, GraphClientsModule, OperationsModule, CryptoModule],
  providers: [
    InventoryFacade,
    InventoryFacets,
    InventoryHealth,
    InventoryPages,
    InventoryService,
    InventorySync,
    InventorySyncPreparation,
    InventorySyncProcessor,
    KnownPoliciesRepository,
    OldSyncRunRepository,
    OldSyncRuns,
    PolicyFacetsRepository,
    PolicyHistory,
    PolicyImportService,
    PolicyDependencies,
    PolicySettingNames,
    PolicyRepository,
    ReadingNoteRepository,
    ReadingWriter,
    ReferenceRepository,
    SettingNameRepository,
    SyncRunRepository,
    VersionWriter,
  ],
  exports: [
    InventoryFacade,
    InventoryFacets,
    InventoryHealth,
    InventoryPages,
    InventoryService,
    PolicyDependencies,
    PolicyHistory,
    PolicyImportService,
    PolicySettingNames,
  ],
})
export class InventoryModule {
  constructor(columns: SealedColumns) {
    columns.add(SEALED_NOTES);
  }
}
