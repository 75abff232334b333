import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { may, type Permission } from '#libs/access-model/src/permissions.js';
import { DomainError } from '../errors/domain-error.js';
import { bearsToken } from '../http/bearer.js';
import type { Principal } from './access.decorator.js';
import { MembershipLookup } from './membership-lookup.js';
import { RequestAuthentication } from './request-authentication.js';

/** Asks about a request that is still being answered what was asked before its handler was called. */
@Injectable()
export class CallerRecheck {
  constructor(
    private readonly authentication: RequestAuthentication,
    private readonly memberships: MembershipLookup,
  ) {}

  /**
   * Whether the same person is still signed in with the session or token of this request, and still may do this in the
   * tenant. Rejects when that cannot be found out.
   */
  async stillMay(request: Request, response: Response, tenantId: string, permission: Permission): Promise<boolean> {
    const before: Partial<Principal> | undefined = request.user;
    const user = await this.callerOf(request, response);
    if (user === undefined || user.userId !== before?.userId) return false;
    const role = await this.memberships.roleOf(user.userId, tenantId);
    return role !== undefined && may(role, permission);
  }

  private async callerOf(request: Request, response: Response): Promise<Principal | undefined> {
    // The handlers write what they find on the request, so they get one of their own that knows all of this one.
    const again = Object.create(request, { user: { value: undefined, writable: true } }) as Request;
    if (!bearsToken(request)) {
      const session = await storedSession(request);
      if (session === undefined) return undefined;
      Object.defineProperty(again, 'session', { value: session, writable: true });
    }
    try {
      for (const handler of this.authentication.handlers()) {
        await new Promise<void>((resolve, reject) => {
          void handler(again, response, (error?: unknown) => (error instanceof Error ? reject(error) : resolve()));
        });
      }
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unauthenticated') return undefined;
      throw error;
    }
    return again.user as Principal | undefined;
  }
}

/** The session as it is stored at this moment; undefined once it was ended or has run out. */
function storedSession(request: Request): Promise<object | undefined> {
  return new Promise((resolve, reject) => {
    request.sessionStore.get(request.sessionID, (error: Error | null, session) =>
      error ? reject(error) : resolve(session ?? undefined),
    );
  });
}
