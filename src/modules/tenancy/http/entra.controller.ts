import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Logger,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, CurrentUser, type Principal } from '../../../platform/access/access.decorator.js';
import { bearsToken } from '../../../platform/http/bearer.js';
import { EntraAccounts } from '../entra/entra-accounts.js';
import { EntraDirectories } from '../entra/entra-directories.js';
import { entraProblems, EntraRefused } from '../entra/entra.errors.js';
import { EntraSessions } from '../entra/entra-sessions.js';
import { TooManyAttempts } from '../tenancy.errors.js';
import { EntraAccountListDto, EntraLinkDto, EntraStateDto, EntraWayDto } from './entra.dto.js';

/** The page that a failed way to Microsoft ends at; it words the code. */
const SIGN_IN_PAGE = '/sign-in';

/** Signing in with a Microsoft account. The first and the last step are addresses that a browser goes to. */
@ApiTags('auth')
@Controller('auth/entra')
export class EntraController {
  private readonly log = new Logger('Entra');

  constructor(
    private readonly sessions: EntraSessions,
    private readonly accounts: EntraAccounts,
    private readonly directories: EntraDirectories,
  ) {}

  /** Whether the sign-in page offers it. */
  @Get()
  @Access.public()
  @ApiOkResponse({ type: EntraStateDto })
  state(): EntraStateDto {
    const { available } = this.directories;
    const message = available ? null : new EntraRefused('not_configured').message;
    return { available, message, problems: entraProblems() };
  }

  /** Sends the browser to Microsoft. */
  @Get('start')
  @Access.public()
  async start(@Req() request: Request, @Res() response: Response, @Query() way: EntraWayDto): Promise<void> {
    await this.goOn(response, () => this.sessions.depart(request, way));
  }

  /** Begins to link a Microsoft account to the caller, who signs in with it from then on. */
  @Post('link')
  @HttpCode(HttpStatus.OK)
  @Access.signedIn()
  @ApiOkResponse({ type: EntraLinkDto })
  async link(@Req() request: Request, @CurrentUser() user: Principal, @Body() way: EntraWayDto): Promise<EntraLinkDto> {
    if (bearsToken(request)) throw new EntraRefused('session_required');
    return { url: await this.sessions.depart(request, way, user) };
  }

  /** The caller's linked accounts. */
  @Get('accounts')
  @Access.signedIn()
  @ApiOkResponse({ type: EntraAccountListDto })
  async list(@CurrentUser() user: Principal): Promise<EntraAccountListDto> {
    return { items: await this.accounts.list(user.userId) };
  }

  /** Takes a linked account away; sessions that were begun with it go on. */
  @Delete('accounts/:directory/:objectId')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Access.signedIn()
  unlink(
    @CurrentUser() user: Principal,
    @Param('directory') entraTenantId: string,
    @Param('objectId') objectId: string,
  ): Promise<void> {
    return this.accounts.unlink(user, { entraTenantId, objectId });
  }

  /** Where Microsoft sends the browser back to. */
  @Get('callback')
  @Access.public()
  @ApiExcludeEndpoint()
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    const query = request.originalUrl.split('?')[1] ?? '';
    await this.goOn(response, () => this.sessions.arrive(request, query));
  }

  /** Redirects a browser; a refusal goes to a page that can word it, since nobody reads JSON here. */
  private async goOn(response: Response, next: () => Promise<string>): Promise<void> {
    let address: string;
    try {
      address = await next();
    } catch (error) {
      if (!(error instanceof EntraRefused) && !(error instanceof TooManyAttempts)) throw error;
      this.log.warn(`A Microsoft sign-in ended with ${error.code}.`);
      address = `${SIGN_IN_PAGE}?problem=${error.code}`;
    }
    response.redirect(HttpStatus.SEE_OTHER, address);
  }
}
