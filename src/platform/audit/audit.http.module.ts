import { Module } from '@nestjs/common';
import { AuditLogRepository } from './audit-log.repository.js';
import { AuditLogService } from './audit-log.service.js';
import { AuditLogController } from './http/audit-log.controller.js';

/** Reading the audit trail; for the API process. */
@Module({ controllers: [AuditLogController], providers: [AuditLogService, AuditLogRepository] })
export class AuditHttpModule {}
