import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentUser, type Principal } from '../../../platform/access/access.decorator.js';
import { PageQuery } from '../../../platform/http/page.js';
import { AccessChanges } from '../../../platform/live/access-changes.js';
import { ApiTokenService } from '../api-token.service.js';
import { TenancyService } from '../tenancy.service.js';
import { ApiTokenPage, CreateApiTokenBody, CreatedApiToken, MeAnswer } from './auth.dto.js';
import { userAnswer } from './user-answer.js';

@ApiTags('me')
@Controller('me')
@Access.signedIn()
export class MeController {
  constructor(
    private readonly tenancy: TenancyService,
    private readonly tokens: ApiTokenService,
    private readonly access: AccessChanges,
  ) {}

  @Get()
  async me(@CurrentUser() user: Principal): Promise<MeAnswer> {
    return { user: userAnswer(user), memberships: await this.tenancy.memberships(user.userId) };
  }

  @Post('api-tokens')
  createToken(@CurrentUser() user: Principal, @Body() body: CreateApiTokenBody): Promise<CreatedApiToken> {
    return this.tokens.create(user, body.name, body.expiresAt === undefined ? null : new Date(body.expiresAt));
  }

  @Get('api-tokens')
  tokensOfUser(@CurrentUser() user: Principal, @Query() page: PageQuery): Promise<ApiTokenPage> {
    return this.tokens.list(user.userId, page);
  }

  @Delete('api-tokens/:id')
  @HttpCode(204)
  async revokeToken(@CurrentUser() user: Principal, @Param('id') id: string): Promise<void> {
    await this.tokens.revoke(user, id);
    this.access.changed(user.userId);
  }
}
