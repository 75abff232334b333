import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, Scope } from '../../../platform/access/access.decorator.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { PageQuery } from '../../../platform/http/page.js';
import { ChannelDeliveriesService } from '../channels/channel-deliveries.service.js';
import { ChannelsService } from '../channels/channels.service.js';
import {
  ChangeChannelDto,
  ChannelDto,
  ChannelPageDto,
  CreateChannelDto,
  CreatedChannelDto,
  DeliveryPageDto,
  RotatedSecretDto,
  TestVerdictDto,
} from './channels.dto.js';

/** Webhooks and e-mail that are told when a run of the tenant ends. */
@ApiTags('notification channels')
@ApiParam({ name: 'tenantId', format: 'uuid' })
@Controller('tenants/:tenantId/notification-channels')
@Access('channels:write')
export class ChannelsController {
  constructor(
    private readonly channels: ChannelsService,
    private readonly deliveries: ChannelDeliveriesService,
  ) {}

  @Get()
  @ApiOkResponse({ type: ChannelPageDto })
  list(@Scope() scope: TenantScope, @Query() query: PageQuery): Promise<ChannelPageDto> {
    return this.channels.list(scope, query);
  }

  @Post()
  @ApiCreatedResponse({ type: CreatedChannelDto })
  create(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Body() body: CreateChannelDto,
  ): Promise<CreatedChannelDto> {
    return this.channels.create(scope, actor, body);
  }

  @Patch(':id')
  @ApiOkResponse({ type: ChannelDto })
  change(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: ChangeChannelDto,
  ): Promise<ChannelDto> {
    return this.channels.change(scope, actor, id, body);
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  delete(@Scope() scope: TenantScope, @CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.channels.delete(scope, actor, id);
  }

  /** Sends a test at once and answers how it went. */
  @Post(':id/test')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: TestVerdictDto })
  test(@Scope() scope: TenantScope, @CurrentActor() actor: Actor, @Param('id') id: string): Promise<TestVerdictDto> {
    return this.deliveries.test(scope, actor, id);
  }

  /** Makes a new signing secret; the old one signs too for a day. */
  @Post(':id/rotate-secret')
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: RotatedSecretDto })
  rotateSecret(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
  ): Promise<RotatedSecretDto> {
    return this.channels.rotateSecret(scope, actor, id);
  }

  /** What the channel was told, newest first. */
  @Get(':id/deliveries')
  @ApiOkResponse({ type: DeliveryPageDto })
  listDeliveries(
    @Scope() scope: TenantScope,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<DeliveryPageDto> {
    return this.deliveries.list(scope, id, query);
  }
}
