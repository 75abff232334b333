import { Global, Module } from '@nestjs/common';
import { AuditBatch } from './audit-batch.js';
import { AuditTrail } from './audit-trail.js';

@Global()
@Module({ providers: [AuditTrail, AuditBatch], exports: [AuditTrail, AuditBatch] })
export class AuditModule {}
