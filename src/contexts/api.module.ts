import { Module } from '@nestjs/common';
import { AccessModule } from '../platform/access/access.module.js';
import { AuditHttpModule } from '../platform/audit/audit.http.module.js';
import { HealthModule } from '../platform/http/health.module.js';
import { TracingModule } from '../platform/telemetry/tracing.module.js';
import { BackupSetsHttpModule } from '../modules/backup-sets/backup-sets.http.module.js';
import { DirectoryHttpModule } from '../modules/directory/directory.http.module.js';
import { DriftHttpModule } from '../modules/drift/drift.http.module.js';
import { InventoryHttpModule } from '../modules/inventory/inventory.http.module.js';
import { NotificationsHttpModule } from '../modules/notifications/notifications.http.module.js';
import { OperationsHttpModule } from '../modules/operations/operations.http.module.js';
import { OverviewHttpModule } from '../modules/overview/overview.http.module.js';
import { SchedulesHttpModule } from '../modules/schedules/schedules.http.module.js';
import { TenancyHttpModule } from '../modules/tenancy/tenancy.http.module.js';
import { ProducersHttpModule } from '../producers/producers.http.module.js';
import { PlatformModule } from './platform.module.js';

/** The API process: every module's HTTP side, and no consumer of a queue. */
@Module({
  imports: [
    PlatformModule,
    AccessModule,
    AuditHttpModule,
    HealthModule,
    TracingModule.of('api'),
    TenancyHttpModule,
    OperationsHttpModule,
    DirectoryHttpModule,
    InventoryHttpModule,
    DriftHttpModule,
    BackupSetsHttpModule,
    NotificationsHttpModule,
    SchedulesHttpModule,
    OverviewHttpModule,
    ProducersHttpModule.discover(),
  ],
})
export class ApiModule {}
