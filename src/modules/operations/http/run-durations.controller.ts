import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '../../../platform/access/access.decorator.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { Revalidated } from '../../../platform/http/revalidated.js';
import { RunDurations } from '../run-durations.js';
import { DurationsQuery, RunDurationsDto } from './run-durations.dto.js';

/** What is usual for a type, for estimates and for the strip on a run's page. Comes before `operations/:runId`. */
@ApiTags('operations')
@Controller('tenants/:tenantId/operations/durations')
@Access('operations:read')
@Revalidated()
export class RunDurationsController {
  constructor(private readonly durations: RunDurations) {}

  @Get()
  @ApiOkResponse({ type: RunDurationsDto })
  list(@Scope() scope: TenantScope, @Query() query: DurationsQuery): Promise<RunDurationsDto> {
    return this.durations.of(scope, query.type);
  }
}
