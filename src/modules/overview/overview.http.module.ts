import { Module } from '@nestjs/common';
import { BackupSetsModule } from '../backup-sets/backup-sets.module.js';
import { DriftModule } from '../drift/drift.module.js';
import { InventoryModule } from '../inventory/inventory.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { SchedulesModule } from '../schedules/schedules.module.js';
import { TenancyModule } from '../tenancy/tenancy.module.js';
import { OverviewController } from './http/overview.controller.js';
import { OverviewClock } from './overview-clock.js';
import { OverviewService } from './overview.service.js';
import { TenantActivity } from './tenant-activity.js';
import { TenantHealth } from './tenant-health.js';

/** One page over all modules; the worker has no use for it. */
@Module({
  imports: [TenancyModule, OperationsModule, InventoryModule, BackupSetsModule, DriftModule, SchedulesModule],
  providers: [OverviewClock, OverviewService, TenantActivity, TenantHealth],
  controllers: [OverviewController],
})
export class OverviewHttpModule {}
