import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '../../access/access.decorator.js';
import type { TenantScope } from '../../database/tenant-scope.js';
import type { Page } from '../../http/page.js';
import { AuditLogService, type AuditView } from '../audit-log.service.js';
import { AuditLogPageDto, AuditLogQuery } from './audit-log.dto.js';

@ApiTags('audit')
@Controller('tenants/:tenantId/audit-log')
export class AuditLogController {
  constructor(private readonly log: AuditLogService) {}

  /** Who did what to which thing from where, newest first. */
  @Get()
  @Access('audit:read')
  @ApiParam({ name: 'tenantId', format: 'uuid' })
  @ApiOkResponse({ type: AuditLogPageDto })
  list(@Scope() scope: TenantScope, @Query() query: AuditLogQuery): Promise<Page<AuditView>> {
    return this.log.list(scope, query);
  }
}
