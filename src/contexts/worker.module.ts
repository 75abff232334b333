import { Module } from '@nestjs/common';
import { BackupSetsModule } from '../modules/backup-sets/backup-sets.module.js';
import { DriftModule } from '../modules/drift/drift.module.js';
import { InventoryModule } from '../modules/inventory/inventory.module.js';
import { NotificationsModule } from '../modules/notifications/notifications.module.js';
import { OperationsWorkerModule } from '../modules/operations/operations.worker.module.js';
import { TenancyModule } from '../modules/tenancy/tenancy.module.js';
import { ProducersModule } from '../producers/producers.module.js';
import { PlatformModule } from './platform.module.js';

/** The worker process: the same modules without HTTP, and the only consumers of the queues. */
@Module({
  imports: [
    PlatformModule,
    TenancyModule,
    InventoryModule,
    DriftModule,
    BackupSetsModule,
    NotificationsModule,
    ProducersModule.discover(),
    OperationsWorkerModule,
  ],
})
export class WorkerModule {}
