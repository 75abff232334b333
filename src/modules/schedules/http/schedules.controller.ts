import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Role } from '#libs/access-model/src/permissions.js';
import { Access, CurrentActor, CurrentRole, Scope } from '../../../platform/access/access.decorator.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { PageQuery, type Page } from '../../../platform/http/page.js';
import { parseId } from '../../../platform/http/parse-id.js';
import { ScheduleKinds } from '../schedule-kinds.js';
import type { ScheduleView } from '../schedule.js';
import { SchedulesService } from '../schedules.service.js';
import {
  CreateScheduleDto,
  ScheduleDto,
  ScheduleKindsDto,
  SchedulePageDto,
  TimingPreviewDto,
  TimingPreviewQuery,
  UpdateScheduleDto,
} from './schedules.dto.js';

@ApiTags('schedules')
@Controller('tenants/:tenantId/schedules')
@Access('schedules:read')
export class SchedulesController {
  constructor(
    private readonly schedules: SchedulesService,
    private readonly scheduleKinds: ScheduleKinds,
  ) {}

  @Get()
  @ApiOkResponse({ type: SchedulePageDto })
  list(@Scope() scope: TenantScope, @Query() query: PageQuery): Promise<Page<ScheduleView>> {
    return this.schedules.list(scope, query);
  }

  /** What the caller could put on a schedule by their role. */
  @Get('kinds')
  @ApiOkResponse({ type: ScheduleKindsDto })
  kinds(@CurrentRole() role: Role): ScheduleKindsDto {
    return { items: this.scheduleKinds.list(role) };
  }

  /** The next five runs of a timing, before it is kept. */
  @Get('preview')
  @ApiOkResponse({ type: TimingPreviewDto })
  preview(@Query() timing: TimingPreviewQuery): TimingPreviewDto {
    return this.schedules.preview(timing);
  }

  @Post()
  @Access('schedules:write')
  @ApiCreatedResponse({ type: ScheduleDto })
  create(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @CurrentRole() role: Role,
    @Body() body: CreateScheduleDto,
  ): Promise<ScheduleView> {
    const { name, kind, cron, timeZone } = body;
    const request = { name, kind, cron, timeZone, enabled: body.enabled ?? true, payload: body.payload ?? {} };
    return this.schedules.create(scope, { actor, role }, request);
  }

  @Get(':id')
  @ApiOkResponse({ type: ScheduleDto })
  find(@Scope() scope: TenantScope, @Param('id') id: string): Promise<ScheduleView> {
    return this.schedules.find(scope, parseId(id));
  }

  @Patch(':id')
  @Access('schedules:write')
  @ApiOkResponse({ type: ScheduleDto })
  update(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @CurrentRole() role: Role,
    @Param('id') id: string,
    @Body() body: UpdateScheduleDto,
  ): Promise<ScheduleView> {
    return this.schedules.update(scope, { actor, role }, parseId(id), body);
  }

  @Delete(':id')
  @Access('schedules:write')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  delete(@Scope() scope: TenantScope, @CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.schedules.delete(scope, actor, parseId(id));
  }
}
