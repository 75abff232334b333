import { Controller, Get, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { Role } from '#libs/access-model/src/permissions.js';
import { Access, CurrentRole, CurrentUser, Scope, type Principal } from '../../../platform/access/access.decorator.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { PageQuery } from '../../../platform/http/page.js';
import { TenancyService } from '../tenancy.service.js';
import { TenantAnswer, TenantPage } from './tenants.dto.js';

@ApiTags('tenants')
@Controller('tenants')
export class TenantsController {
  constructor(private readonly tenancy: TenancyService) {}

  /** The caller's tenants by name. */
  @Get()
  @Access.signedIn()
  list(@CurrentUser() user: Principal, @Query() page: PageQuery): Promise<TenantPage> {
    return this.tenancy.list(user.userId, page);
  }

  @Get(':tenantId')
  @ApiParam({ name: 'tenantId', format: 'uuid' })
  @Access('tenant:read')
  detail(@Scope() scope: TenantScope, @CurrentRole() role: Role): Promise<TenantAnswer> {
    return this.tenancy.detail(scope, role);
  }
}
