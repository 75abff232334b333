import { Module } from '@nestjs/common';
import { AuditModule } from '../platform/audit/audit.module.js';
import { ConfigModule } from '../platform/config/config.module.js';
import { ResealingModule } from '../platform/crypto/resealing.module.js';
import { DatabaseModule } from '../platform/database/database.module.js';
import { FactsModule } from '../platform/facts/facts.module.js';
import { ReadinessModule } from '../platform/http/health/readiness.module.js';
import { LiveModule } from '../platform/live/live.module.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { RedisClaimModule } from '../platform/queue/redis-claim.module.js';
import { TelemetryModule } from '../platform/telemetry/telemetry.module.js';

/** The technical floor that both processes stand on. */
@Module({
  imports: [
    ConfigModule,
    DatabaseModule,
    ResealingModule,
    QueueModule,
    RedisClaimModule,
    LiveModule,
    FactsModule,
    AuditModule,
    ReadinessModule,
    TelemetryModule,
  ],
})
export class PlatformModule {}
