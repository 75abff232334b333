import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, Scope } from '../../../platform/access/access.decorator.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { ConnectionTestService } from '../connection/connection-test.service.js';
import { GraphConnectionService } from '../connection/graph-connection.service.js';
import { ConnectionVerdictDto, GraphConnectionPageDto, SetGraphConnectionDto } from './graph-connection.dto.js';

/** How the tenant's Microsoft Graph is reached. The credential goes in and never comes out. */
@ApiTags('graph connection')
@ApiParam({ name: 'tenantId', format: 'uuid' })
@Controller('tenants/:tenantId/graph-connection')
@Access('connection:write')
export class GraphConnectionController {
  constructor(
    private readonly connections: GraphConnectionService,
    private readonly tests: ConnectionTestService,
  ) {}

  @Get()
  @ApiOkResponse({ type: GraphConnectionPageDto })
  show(@Scope() scope: TenantScope): Promise<GraphConnectionPageDto> {
    return this.connections.page(scope);
  }

  /** Connects the tenant, or replaces its connection. */
  @Put()
  @ApiOkResponse({ type: GraphConnectionPageDto })
  set(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Body() body: SetGraphConnectionDto,
  ): Promise<GraphConnectionPageDto> {
    return this.connections.set(scope, actor, body);
  }

  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  remove(@Scope() scope: TenantScope, @CurrentActor() actor: Actor): Promise<void> {
    return this.connections.remove(scope, actor);
  }

  /** Tries the connection out at once and answers how it went; it takes 20 seconds at most. */
  @Post('test')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: ConnectionVerdictDto })
  test(@Scope() scope: TenantScope, @CurrentActor() actor: Actor): Promise<ConnectionVerdictDto> {
    return this.tests.test(scope, actor);
  }
}
