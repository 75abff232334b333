import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Role } from '#libs/access-model/src/permissions.js';
import { Access, CurrentActor, CurrentRole, Scope } from '../../../platform/access/access.decorator.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { StartedRun } from '../../operations/operation-run.service.js';
import { StartsRun } from '../../operations/starts-run.decorator.js';
import { DirectoryPages } from '../directory-pages.js';
import { DirectoryService } from '../directory.service.js';
import { LIVE_SEARCH, LiveSearchService } from '../live/live-search.service.js';
import {
  GroupCacheDto,
  GroupDetailDto,
  GroupPageDto,
  GroupsQuery,
  LiveGroupsDto,
  LiveGroupsQuery,
  LiveSearchStateDto,
  StartGroupSyncDto,
} from './directory.dto.js';

@ApiTags('directory')
@Controller('tenants/:tenantId/directory/groups')
@Access('directory:read')
export class DirectoryController {
  constructor(
    private readonly directory: DirectoryService,
    private readonly pages: DirectoryPages,
    private readonly liveSearch: LiveSearchService,
  ) {}

  @Post('sync')
  @Access('directory:sync')
  @StartsRun()
  sync(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Body() body: StartGroupSyncDto,
  ): Promise<StartedRun> {
    return this.directory.startSync(scope, actor, body.full ?? false);
  }

  /** The cached groups by name. */
  @Get()
  @ApiOkResponse({ type: GroupPageDto })
  groups(@Scope() scope: TenantScope, @Query() query: GroupsQuery): Promise<GroupPageDto> {
    const { q, kind, ids, includeRemoved, cursor, limit } = query;
    const filter = {
      text: q === '' ? undefined : q,
      kinds: kind?.length === 0 ? undefined : kind,
      ids,
      includeRemoved: includeRemoved === 'true',
    };
    return this.pages.groups(scope, filter, { cursor, limit });
  }

  /** How old the cache is and how the last sync ended. */
  @Get('state')
  @ApiOkResponse({ type: GroupCacheDto })
  state(@Scope() scope: TenantScope): Promise<GroupCacheDto> {
    return this.pages.cache(scope);
  }

  /** Whether the caller may search live, or why not. */
  @Get('live/state')
  @ApiOkResponse({ type: LiveSearchStateDto })
  liveState(
    @Scope() scope: TenantScope,
    @CurrentRole() role: Role,
    @Req() request: Request,
  ): Promise<LiveSearchStateDto> {
    return this.liveSearch.state(scope, role, request);
  }

  /** Asks Microsoft Graph with the caller's own sign-in. */
  @Get('live')
  @Access(LIVE_SEARCH)
  @ApiOkResponse({ type: LiveGroupsDto })
  @ApiConflictResponse({ description: '`directory.live_search_unavailable`: `reason` and `detail` say why.' })
  async live(
    @Scope() scope: TenantScope,
    @Req() request: Request,
    @Query() query: LiveGroupsQuery,
  ): Promise<LiveGroupsDto> {
    const { groups, more } = await this.liveSearch.search(scope, request, query.search);
    const items = groups.map(({ id, displayName, description, mail, kinds }) => ({
      id,
      displayName,
      description,
      mail,
      kinds,
    }));
    return { items, more };
  }

  @Get(':id')
  @ApiOkResponse({ type: GroupDetailDto })
  group(@Scope() scope: TenantScope, @Param('id') id: string): Promise<GroupDetailDto> {
    return this.pages.group(scope, id);
  }
}
