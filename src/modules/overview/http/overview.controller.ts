import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '../../../platform/access/access.decorator.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { Revalidated } from '../../../platform/http/revalidated.js';
import { OverviewService } from '../overview.service.js';
import { OverviewDto } from './overview.dto.js';

@ApiTags('overview')
@Controller('tenants/:tenantId/overview')
@Access('tenant:read')
@Revalidated()
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  /** Health, what runs now and 30 days of trend, in one answer. */
  @Get()
  @ApiOkResponse({ type: OverviewDto })
  get(@Scope() scope: TenantScope): Promise<OverviewDto> {
    return this.overview.of(scope);
  }
}
