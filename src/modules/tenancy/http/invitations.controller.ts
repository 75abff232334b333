import { Body, Controller, HttpCode, HttpStatus, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Access, CurrentUser, type Principal } from '../../../platform/access/access.decorator.js';
import { InvitationAcceptanceService } from '../members/invitation-acceptance.service.js';
import {
  AcceptedInvitationDto,
  AcceptInvitationBody,
  InvitationTokenBody,
  JoinedTenantDto,
  OpenedInvitationDto,
} from './invitations.dto.js';
import { PassportAuthentication } from './passport-authentication.js';
import { userAnswer } from './user-answer.js';

/** What a person does who was sent the link of an invitation. The token travels in bodies, which nobody logs. */
@ApiTags('invitations')
@Controller()
export class InvitationsController {
  constructor(
    private readonly acceptance: InvitationAcceptanceService,
    private readonly authentication: PassportAuthentication,
  ) {}

  /** Says what the invitation is for. */
  @Post('invitations/open')
  @HttpCode(HttpStatus.OK)
  @Access.public()
  @ApiOkResponse({ type: OpenedInvitationDto })
  open(@Body() { token }: InvitationTokenBody, @Req() request: Request): Promise<OpenedInvitationDto> {
    return this.acceptance.open(token, request.ip ?? '');
  }

  /** Accepts with a new account, or with the password of the account that the address has; signs the person in. */
  @Post('invitations/accept')
  @HttpCode(HttpStatus.OK)
  @Access.public()
  @ApiOkResponse({ type: AcceptedInvitationDto })
  async accept(@Body() body: AcceptInvitationBody, @Req() request: Request): Promise<AcceptedInvitationDto> {
    const { user, tenantId } = await this.acceptance.accept(body, request.ip ?? '');
    await this.authentication.begin(request, user);
    return { tenantId, user: userAnswer(user) };
  }

  /** Accepts as the person who is signed in, when the invitation is for his e-mail address. */
  @Post('me/invitations/accept')
  @HttpCode(HttpStatus.OK)
  @Access.signedIn()
  @ApiOkResponse({ type: JoinedTenantDto })
  async join(@Body() { token }: InvitationTokenBody, @CurrentUser() user: Principal): Promise<JoinedTenantDto> {
    return { tenantId: await this.acceptance.acceptAs(user, token) };
  }
}
