import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Role } from '#libs/access-model/src/permissions.js';
import { Access, CurrentRole, CurrentUser, Scope, type Principal } from '../../../platform/access/access.decorator.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { InvitationsService } from '../members/invitations.service.js';
import { MemberAddingService } from '../members/member-adding.service.js';
import { MembersService } from '../members/members.service.js';
import {
  AddedPersonDto,
  AddMemberDto,
  ChangeRoleDto,
  InvitationListDto,
  MemberDto,
  MemberPageDto,
  MembersQuery,
} from './members.dto.js';

@ApiTags('members')
@ApiParam({ name: 'tenantId', format: 'uuid' })
@Controller('tenants/:tenantId')
@Access('members:write')
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly adding: MemberAddingService,
    private readonly invitations: InvitationsService,
  ) {}

  /** Who belongs to the tenant, by name. */
  @Get('members')
  @Access('members:read')
  @ApiOkResponse({ type: MemberPageDto })
  list(@Scope() scope: TenantScope, @CurrentRole() role: Role, @Query() query: MembersQuery): Promise<MemberPageDto> {
    return this.members.list(scope, role, query);
  }

  /** Adds a person whom the caller knows as a member of another tenant of his, and invites everybody else. */
  @Post('members')
  @ApiCreatedResponse({ type: AddedPersonDto })
  add(
    @Scope() scope: TenantScope,
    @CurrentUser() user: Principal,
    @Body() body: AddMemberDto,
  ): Promise<AddedPersonDto> {
    return this.adding.add(scope, user, body);
  }

  @Patch('members/:userId')
  @ApiOkResponse({ type: MemberDto })
  changeRole(
    @Scope() scope: TenantScope,
    @CurrentUser() user: Principal,
    @Param('userId') userId: string,
    @Body() body: ChangeRoleDto,
  ): Promise<MemberDto> {
    return this.members.changeRole(scope, user, userId, body.role);
  }

  @Delete('members/:userId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  remove(@Scope() scope: TenantScope, @CurrentUser() user: Principal, @Param('userId') userId: string): Promise<void> {
    return this.members.remove(scope, user, userId);
  }

  /** Invitations that nobody has accepted yet, newest first. */
  @Get('invitations')
  @ApiOkResponse({ type: InvitationListDto })
  async listInvitations(@Scope() scope: TenantScope): Promise<InvitationListDto> {
    return { items: await this.invitations.list(scope) };
  }

  @Delete('invitations/:id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  revoke(@Scope() scope: TenantScope, @CurrentUser() user: Principal, @Param('id') id: string): Promise<void> {
    return this.invitations.revoke(scope, user, id);
  }
}
