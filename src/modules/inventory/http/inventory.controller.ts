import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, Scope } from '../../../platform/access/access.decorator.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { PageQuery } from '../../../platform/http/page.js';
import { parseId } from '../../../platform/http/parse-id.js';
import type { StartedRun } from '../../operations/operation-run.service.js';
import { StartsRun } from '../../operations/starts-run.decorator.js';
import { InventoryService } from '../inventory.service.js';
import { InventoryPages } from '../inventory-pages.js';
import { CoverageWords } from './coverage-words.js';
import {
  PoliciesQuery,
  PolicyDetailDto,
  PolicyPageDto,
  PolicyTypesDto,
  PolicyVersionPageDto,
  StartSyncDto,
  SyncRunDto,
  SyncRunPageDto,
} from './inventory.dto.js';

@ApiTags('inventory')
@Controller('tenants/:tenantId/inventory')
@Access('inventory:read')
export class InventoryController {
  constructor(
    private readonly inventory: InventoryService,
    private readonly pages: InventoryPages,
    private readonly words: CoverageWords,
  ) {}

  @Post('sync')
  @Access('inventory:sync')
  @StartsRun()
  sync(@Scope() scope: TenantScope, @CurrentActor() actor: Actor, @Body() body: StartSyncDto): Promise<StartedRun> {
    return this.inventory.startSync(scope, actor, body.selection);
  }

  @Get('policies')
  @ApiOkResponse({ type: PolicyPageDto })
  policies(@Scope() scope: TenantScope, @Query() query: PoliciesQuery): Promise<PolicyPageDto> {
    const { type, q, includeRemoved, cursor, limit } = query;
    return this.pages.policies(
      scope,
      {
        ...(type && type.length > 0 ? { types: type } : {}),
        ...(q ? { text: q } : {}),
        includeRemoved: includeRemoved === 'true',
      },
      { cursor, limit },
    );
  }

  @Get('policies/:id')
  @ApiOkResponse({ type: PolicyDetailDto })
  async policy(@Scope() scope: TenantScope, @Param('id') id: string): Promise<PolicyDetailDto> {
    return this.words.ofPolicy(await this.pages.policy(scope, parseId(id)));
  }

  @Get('policies/:id/versions')
  @ApiOkResponse({ type: PolicyVersionPageDto })
  versions(
    @Scope() scope: TenantScope,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<PolicyVersionPageDto> {
    return this.pages.versions(scope, parseId(id), query);
  }

  @Get('sync-runs')
  @ApiOkResponse({ type: SyncRunPageDto })
  async syncRuns(@Scope() scope: TenantScope, @Query() query: PageQuery): Promise<SyncRunPageDto> {
    const { items, nextCursor } = await this.pages.syncRuns(scope, query);
    return { items: items.map((run) => this.words.ofSyncRun(run)), nextCursor };
  }

  @Get('sync-runs/:id')
  @ApiOkResponse({ type: SyncRunDto })
  async syncRun(@Scope() scope: TenantScope, @Param('id') id: string): Promise<SyncRunDto> {
    return this.words.ofSyncRun(await this.pages.syncRun(scope, parseId(id)));
  }

  @Get('policy-types')
  @ApiOkResponse({ type: PolicyTypesDto })
  policyTypes(): PolicyTypesDto {
    return this.pages.policyTypes();
  }
}
