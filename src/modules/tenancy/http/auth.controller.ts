import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, CurrentUser, type Principal } from '../../../platform/access/access.decorator.js';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { SESSION_COOKIE, sessionCookie } from '../../../platform/http/session.middleware.js';
import { AccessChanges } from '../../../platform/live/access-changes.js';
import { AccountAudit } from '../account-audit.js';
import { SignInAnswer, SignInBody } from './auth.dto.js';
import { PassportAuthentication } from './passport-authentication.js';
import { userAnswer } from './user-answer.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly authentication: PassportAuthentication,
    private readonly audit: AccountAudit,
    private readonly access: AccessChanges,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Signs in and sets the session cookie. */
  @Post('login')
  @HttpCode(200)
  @Access.public()
  async login(
    @Body() _credentials: SignInBody, // checked here, read by the strategy
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignInAnswer> {
    return { user: userAnswer(await this.authentication.signIn(request, response)) };
  }

  @Post('logout')
  @HttpCode(204)
  @Access.signedIn()
  async logout(
    @CurrentUser() user: Principal,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.audit.record(user, {
      action: 'auth.sign_out',
      subjectType: 'user',
      subjectId: user.userId,
      subjectName: user.name,
    });
    await this.authentication.signOut(request);
    this.access.changed(user.userId);
    response.clearCookie(SESSION_COOKIE, sessionCookie(this.settings));
  }
}
