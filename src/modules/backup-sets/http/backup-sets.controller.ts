import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, Scope } from '../../../platform/access/access.decorator.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { PageQuery, type Page } from '../../../platform/http/page.js';
import { parseId } from '../../../platform/http/parse-id.js';
import type { StartedRun } from '../../operations/operation-run.service.js';
import { StartsRun } from '../../operations/starts-run.decorator.js';
import type { BackupSetItemView, BackupSetView } from '../backup-set.js';
import { BackupSetsService } from '../backup-sets.service.js';
import {
  AddPoliciesDto,
  BackupSetDto,
  BackupSetItemPageDto,
  BackupSetPageDto,
  CreateBackupSetDto,
} from './backup-sets.dto.js';

@ApiTags('backup sets')
@Controller('tenants/:tenantId/backup-sets')
@Access('backup-sets:read')
export class BackupSetsController {
  constructor(private readonly sets: BackupSetsService) {}

  @Post()
  @Access('backup-sets:write')
  @ApiCreatedResponse({ type: BackupSetDto })
  create(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Body() body: CreateBackupSetDto,
  ): Promise<BackupSetView> {
    return this.sets.create(scope, actor, { name: body.name, description: body.description || null });
  }

  @Get()
  @ApiOkResponse({ type: BackupSetPageDto })
  list(@Scope() scope: TenantScope, @Query() query: PageQuery): Promise<Page<BackupSetView>> {
    return this.sets.list(scope, query);
  }

  @Get(':id')
  @ApiOkResponse({ type: BackupSetDto })
  find(@Scope() scope: TenantScope, @Param('id') id: string): Promise<BackupSetView> {
    return this.sets.find(scope, parseId(id));
  }

  @Get(':id/items')
  @ApiOkResponse({ type: BackupSetItemPageDto })
  listItems(
    @Scope() scope: TenantScope,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<Page<BackupSetItemView>> {
    return this.sets.listItems(scope, parseId(id), query);
  }

  @Post(':id/policies')
  @Access('backup-sets:write')
  @StartsRun()
  addPolicies(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: AddPoliciesDto,
  ): Promise<StartedRun> {
    const { includeAssignments = true, includeScopeTags = true } = body.options ?? {};
    return this.sets.addPolicies(scope, actor, parseId(id), {
      policyIds: body.policyIds,
      options: { includeAssignments, includeScopeTags },
    });
  }
}
