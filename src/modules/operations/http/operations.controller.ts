import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, CurrentUser, Scope, type Principal } from '../../../platform/access/access.decorator.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { PageQuery, type Page } from '../../../platform/http/page.js';
import { parseId } from '../../../platform/http/parse-id.js';
import { Revalidated } from '../../../platform/http/revalidated.js';
import { MonitoringService } from '../monitoring.service.js';
import type { RunView } from '../run-view.js';
import {
  ActiveQuery,
  OperationsQuery,
  RunDto,
  RunEventPageDto,
  RunItemPageDto,
  RunPageDto,
  RunSummaryDto,
} from './operations.dto.js';
import { ItemsQuery } from './run-items.dto.js';

/** Monitoring: view-only, and from the database alone. */
@ApiTags('operations')
@Controller('tenants/:tenantId/operations')
@Access('operations:read')
@Revalidated()
export class OperationsController {
  constructor(private readonly monitoring: MonitoringService) {}

  @Get()
  @ApiOkResponse({ type: RunPageDto })
  list(@Scope() scope: TenantScope, @Query() query: OperationsQuery): Promise<Page<RunView>> {
    return this.monitoring.list(scope, query);
  }

  @Get('summary')
  @ApiOkResponse({ type: RunSummaryDto })
  summary(@Scope() scope: TenantScope): Promise<RunSummaryDto> {
    return this.monitoring.summary(scope);
  }

  @Get('active')
  @ApiOkResponse({ type: RunPageDto })
  active(
    @Scope() scope: TenantScope,
    @CurrentUser() user: Principal,
    @Query() query: ActiveQuery,
  ): Promise<Page<RunView>> {
    return this.monitoring.active(scope, query.mine === 'true' ? user.userId : undefined);
  }

  @Get(':runId')
  @ApiOkResponse({ type: RunDto })
  find(@Scope() scope: TenantScope, @Param('runId') runId: string): Promise<RunView> {
    return this.monitoring.find(scope, parseId(runId));
  }

  @Get(':runId/items')
  @ApiOkResponse({ type: RunItemPageDto })
  items(
    @Scope() scope: TenantScope,
    @Param('runId') runId: string,
    @Query() query: ItemsQuery,
  ): Promise<RunItemPageDto> {
    return this.monitoring.items(scope, parseId(runId), query);
  }

  @Get(':runId/events')
  @ApiOkResponse({ type: RunEventPageDto })
  events(
    @Scope() scope: TenantScope,
    @Param('runId') runId: string,
    @Query() query: PageQuery,
  ): Promise<RunEventPageDto> {
    return this.monitoring.events(scope, parseId(runId), query);
  }
}
