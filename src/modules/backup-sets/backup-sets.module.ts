import { Module } from '@nestjs/common';
import { InventoryModule } from '../inventory/inventory.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { BackupSetsFacade } from './backup-sets.facade.js';
import { BackupSetsService } from './backup-sets.service.js';
import { BackupSetItemRepository } from './data/backup-set-item.repository.js';
import { BackupSetRepository } from './data/backup-set.repository.js';
import { SetHealthRepository } from './data/set-health.repository.js';
import { AddPoliciesProcessor } from './runs/add-policies.processor.js';

/** Named sets of policy versions; for both processes. */
@Module({
  imports: [OperationsModule, InventoryModule],
  providers: [
    BackupSetsFacade,
    BackupSetsService,
    BackupSetRepository,
    BackupSetItemRepository,
    SetHealthRepository,
    AddPoliciesProcessor,
  ],
  exports: [BackupSetsFacade, BackupSetsService],
})
export class BackupSetsModule {}
