import { Module } from '@nestjs/common';
import { WorkerHealthModule } from '../platform/http/health/worker-health.module.js';
import { TracingModule } from '../platform/telemetry/tracing.module.js';
import { BackupSetsModule } from '../modules/backup-sets/backup-sets.module.js';
import { DirectoryModule } from '../modules/directory/directory.module.js';
import { DriftModule } from '../modules/drift/drift.module.js';
import { InventoryModule } from '../modules/inventory/inventory.module.js';
import { NotificationsWorkerModule } from '../modules/notifications/notifications.worker.module.js';
import { OperationsWorkerModule } from '../modules/operations/operations.worker.module.js';
import { SchedulesWorkerModule } from '../modules/schedules/schedules.worker.module.js';
import { TenancyModule } from '../modules/tenancy/tenancy.module.js';
import { ProducersModule } from '../producers/producers.module.js';
import { PlatformModule } from './platform.module.js';

/** The worker process: the same modules without HTTP, and the only consumers of the queues. */
@Module({
  imports: [
    PlatformModule,
    WorkerHealthModule,
    TracingModule.of('worker'),
    TenancyModule,
    DirectoryModule,
    InventoryModule,
    DriftModule,
    BackupSetsModule,
    NotificationsWorkerModule,
    SchedulesWorkerModule,
    ProducersModule.discover(),
    OperationsWorkerModule,
  ],
})
export class WorkerModule {}
