import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Access, CurrentUser, type Principal } from '../../../platform/access/access.decorator.js';
import { bearsToken } from '../../../platform/http/bearer.js';
import { AccessChanges } from '../../../platform/live/access-changes.js';
import { AccountService, SessionRequired } from '../account/account.service.js';
import { ChangePasswordBody, RenameBody, SessionListDto } from './account.dto.js';

/** The caller's own account. */
@ApiTags('me')
@Controller('me')
@Access.signedIn()
export class AccountController {
  constructor(
    private readonly account: AccountService,
    private readonly access: AccessChanges,
  ) {}

  @Patch()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  rename(@CurrentUser() user: Principal, @Body() { name }: RenameBody): Promise<void> {
    return this.account.rename(user, name);
  }

  /** Ends every other session of the caller; API tokens go on. */
  @Post('password')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async changePassword(
    @CurrentUser() user: Principal,
    @Body() body: ChangePasswordBody,
    @Req() request: Request,
  ): Promise<void> {
    if (bearsToken(request)) throw new SessionRequired();
    await this.account.changePassword(user, body, request.sessionID, request.ip ?? '');
    this.access.changed(user.userId);
  }

  @Get('sessions')
  @ApiOkResponse({ type: SessionListDto })
  async sessions(@CurrentUser() user: Principal, @Req() request: Request): Promise<SessionListDto> {
    return { items: await this.account.listSessions(user, sessionOf(request)) };
  }

  /** Signs out everywhere else. */
  @Delete('sessions')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async endOthers(@CurrentUser() user: Principal, @Req() request: Request): Promise<void> {
    await this.account.endOtherSessions(user, sessionOf(request));
    this.access.changed(user.userId);
  }

  @Delete('sessions/:id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async end(@CurrentUser() user: Principal, @Param('id') id: string): Promise<void> {
    await this.account.endSession(user, id);
    this.access.changed(user.userId);
  }
}

/** Null for a caller with an API token, who has none. */
function sessionOf(request: Request): string | null {
  return bearsToken(request) ? null : request.sessionID;
}
