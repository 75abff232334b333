import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, Scope } from '../../../platform/access/access.decorator.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { PageQuery } from '../../../platform/http/page.js';
import { parseId } from '../../../platform/http/parse-id.js';
import type { StartedRun } from '../../operations/operation-run.service.js';
import { StartsRun } from '../../operations/starts-run.decorator.js';
import { InventoryFacets } from '../inventory-facets.js';
import { InventoryService } from '../inventory.service.js';
import { InventoryPages } from '../inventory-pages.js';
import { PolicyHistory } from '../policy-history.js';
import { CoverageWords } from './coverage-words.js';
import {
  PolicyDetailDto,
  PolicyPageDto,
  PolicyTypesDto,
  PolicyVersionPageDto,
  StartSyncDto,
  SyncRunDto,
  SyncRunPageDto,
} from './inventory.dto.js';
import { PolicyDiffDto, PolicyDiffQuery, PolicyVersionDetailDto } from './policy-history.dto.js';
import { filterOf, PoliciesQuery, PolicyFacetsDto, PolicyFilterQuery } from './policy-search.dto.js';

@ApiTags('inventory')
@Controller('tenants/:tenantId/inventory')
@Access('inventory:read')
export class InventoryController {
  constructor(
    private readonly inventory: InventoryService,
    private readonly pages: InventoryPages,
    private readonly facets: InventoryFacets,
    private readonly history: PolicyHistory,
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
    return this.pages.policies(scope, filterOf(query), query.sort ?? 'name', query);
  }

  /** How many policies have each type, platform, ..., for the filters of the list. */
  @Get('policies/facets')
  @ApiOkResponse({ type: PolicyFacetsDto })
  policyFacets(@Scope() scope: TenantScope, @Query() query: PolicyFilterQuery): Promise<PolicyFacetsDto> {
    return this.facets.of(scope, filterOf(query));
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

  @Get('policies/:id/versions/:versionId')
  @ApiOkResponse({ type: PolicyVersionDetailDto })
  policyVersion(
    @Scope() scope: TenantScope,
    @Param('id') id: string,
    @Param('versionId') versionId: string,
  ): Promise<PolicyVersionDetailDto> {
    return this.history.version(scope, parseId(id), parseId(versionId));
  }

  @Get('policies/:id/diff')
  @ApiOkResponse({ type: PolicyDiffDto })
  policyDiff(
    @Scope() scope: TenantScope,
    @Param('id') id: string,
    @Query() { from, to }: PolicyDiffQuery,
  ): Promise<PolicyDiffDto> {
    return this.history.diff(scope, parseId(id), parseId(from), parseId(to));
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
