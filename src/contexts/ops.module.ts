import { Module, type DynamicModule } from '@nestjs/common';
import { BackupSetsModule } from '../modules/backup-sets/backup-sets.module.js';
import { DirectoryModule } from '../modules/directory/directory.module.js';
import { DriftModule } from '../modules/drift/drift.module.js';
import { InventoryModule } from '../modules/inventory/inventory.module.js';
import { NotificationsModule } from '../modules/notifications/notifications.module.js';
import { OperationsModule } from '../modules/operations/operations.module.js';
import { SchedulesModule } from '../modules/schedules/schedules.module.js';
import { TenancyModule } from '../modules/tenancy/tenancy.module.js';
import { AuditModule } from '../platform/audit/audit.module.js';
import { GivenConfigModule } from '../platform/config/given-config.module.js';
import type { Settings } from '../platform/config/settings.js';
import { DatabaseModule } from '../platform/database/database.module.js';
import { FactsModule } from '../platform/facts/facts.module.js';
import { LiveModule } from '../platform/live/live.module.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { TelemetryModule } from '../platform/telemetry/telemetry.module.js';
import { ProducersModule } from '../producers/producers.module.js';

/**
 * The operator's tool: it works no run, and knows every run type all the same, because the repair of a run depends on
 * its type, and tells whoever must be told of it.
 */
@Module({})
export class OpsModule {
  static on(settings: Settings): DynamicModule {
    return {
      module: OpsModule,
      imports: [
        GivenConfigModule.of(settings),
        DatabaseModule,
        QueueModule,
        LiveModule,
        FactsModule,
        AuditModule,
        TelemetryModule,
        TenancyModule,
        OperationsModule,
        DirectoryModule,
        InventoryModule,
        DriftModule,
        BackupSetsModule,
        NotificationsModule,
        SchedulesModule,
        ProducersModule.discover(),
      ],
    };
  }
}
