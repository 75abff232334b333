import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Principal } from '../../../platform/access/access.decorator.js';
import { PassportAuthentication } from '../http/passport-authentication.js';
import { SignInThrottle } from '../sign-in-throttle.js';
import { EntraAccounts } from './entra-accounts.js';
import { EntraRefused } from './entra.errors.js';
import { EntraSignInService, PENDING_MS, type PendingSignIn } from './entra-sign-in.service.js';
import { SessionTokens } from './session-tokens.js';

interface Journey {
  pending: PendingSignIn;
  /** A path of the UI. */
  returnTo: string;
}

declare module 'express-session' {
  interface SessionData {
    /** A sign-in at Microsoft that this browser has begun. */
    entra: Journey;
  }
}

/** A browser's way to Microsoft and back, and what its session becomes. */
@Injectable()
export class EntraSessions {
  constructor(
    private readonly signIns: EntraSignInService,
    private readonly accounts: EntraAccounts,
    private readonly tokens: SessionTokens,
    private readonly authentication: PassportAuthentication,
    private readonly throttle: SignInThrottle,
  ) {}

  /**
   * Begins a sign-in, or the linking of an account to the user; answers where the browser has to go.
   * @throws EntraRefused, TooManyAttempts
   */
  async depart(
    request: Request,
    given: { directory?: string | undefined; returnTo?: string | undefined },
    linkFor?: Principal,
  ): Promise<string> {
    await this.throttle.countFrom(request.ip ?? '');
    const { url, pending } = await this.signIns.begin({
      ...(given.directory === undefined ? {} : { directory: given.directory }),
      ...(linkFor === undefined ? {} : { linkFor: linkFor.userId }),
    });
    request.session.entra = { pending, returnTo: given.returnTo ?? '/' };
    // A browser that never comes back leaves nothing for long.
    if (request.user === undefined) request.session.cookie.maxAge = PENDING_MS;
    return url;
  }

  /**
   * Ends what was begun: each way can be gone once. Answers the page to go on with.
   * @throws EntraRefused
   */
  async arrive(request: Request, query: string): Promise<string> {
    const journey = request.session.entra;
    if (journey === undefined) throw new EntraRefused('expired');
    delete request.session.entra;
    const { pending, returnTo } = journey;
    const signIn = await this.signIns.finish(pending, query);
    if (pending.linkFor === undefined) {
      await this.authentication.begin(request, await this.accounts.signIn(signIn.identity));
    } else {
      await this.accounts.link(sameUser(request, pending.linkFor), signIn.identity);
    }
    await this.tokens.keep(request, signIn);
    await this.throttle.succeededFrom(request.ip ?? '');
    return returnTo;
  }
}

/** Only the person who began it, still signed in, gets the account linked. */
function sameUser(request: Request, userId: string): Principal {
  const user = request.user as Principal | undefined;
  if (user === undefined || user.userId !== userId) throw new EntraRefused('expired');
  return user;
}
