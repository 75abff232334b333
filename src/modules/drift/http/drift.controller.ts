import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, Scope } from '../../../platform/access/access.decorator.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { Page } from '../../../platform/http/page.js';
import { parseId } from '../../../platform/http/parse-id.js';
import type { StartedRun } from '../../operations/operation-run.service.js';
import { StartsRun } from '../../operations/starts-run.decorator.js';
import { DriftService, type DriftStatus, type GenerateDrift } from '../drift.service.js';
import { FindingsService, type FindingView, type ListedFindingView } from '../findings.service.js';
import {
  AcknowledgedDto,
  AcknowledgeFindingDto,
  AcknowledgeFindingsDto,
  DriftStatusDto,
  DriftStatusQuery,
  FindingDto,
  FindingPageDto,
  FindingsQuery,
  GenerateDriftDto,
} from './drift.dto.js';

@ApiTags('drift')
@Controller('tenants/:tenantId/drift')
@Access('drift:read')
export class DriftController {
  constructor(
    private readonly drift: DriftService,
    private readonly findings: FindingsService,
  ) {}

  @Post('generate')
  @Access('drift:generate')
  @StartsRun()
  @ApiConflictResponse({ description: '`drift.not_enough_runs`: there are not two sync runs to compare.' })
  generate(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Body() body: GenerateDriftDto,
  ): Promise<StartedRun> {
    return this.drift.generate(scope, actor, requestOf(body));
  }

  @Get('status')
  @ApiOkResponse({ type: DriftStatusDto })
  status(@Scope() scope: TenantScope, @Query() query: DriftStatusQuery): Promise<DriftStatus> {
    return this.drift.status(scope, requestOf(query));
  }

  @Get('findings')
  @ApiOkResponse({ type: FindingPageDto })
  list(@Scope() scope: TenantScope, @Query() query: FindingsQuery): Promise<Page<ListedFindingView>> {
    const { kind: kinds, status: statuses, severity: severities, baselineRunId, currentRunId } = query;
    return this.findings.list(scope, { kinds, statuses, severities, baselineRunId, currentRunId }, query);
  }

  @Post('findings/acknowledge')
  @Access('drift:decide')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: AcknowledgedDto })
  acknowledgeAll(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Body() body: AcknowledgeFindingsDto,
  ): Promise<AcknowledgedDto> {
    return this.findings.acknowledgeAll(scope, actor, body.ids.map(parseId), body.reason ?? null);
  }

  @Get('findings/:id')
  @ApiOkResponse({ type: FindingDto })
  find(@Scope() scope: TenantScope, @Param('id') id: string): Promise<FindingView> {
    return this.findings.find(scope, parseId(id));
  }

  @Post('findings/:id/acknowledge')
  @Access('drift:decide')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: FindingDto })
  acknowledge(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: AcknowledgeFindingDto,
  ): Promise<FindingView> {
    return this.findings.acknowledge(scope, actor, parseId(id), body.reason ?? null);
  }
}

function requestOf({ scopeKey, baselineRunId, currentRunId }: GenerateDriftDto): GenerateDrift {
  return {
    scopeKey,
    baselineRunId: baselineRunId === undefined ? undefined : parseId(baselineRunId),
    currentRunId: currentRunId === undefined ? undefined : parseId(currentRunId),
  };
}
