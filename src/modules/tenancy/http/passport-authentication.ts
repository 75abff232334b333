import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import passport from 'passport';
import { Strategy as BearerStrategy } from 'passport-http-bearer';
import { Strategy as LocalStrategy } from 'passport-local';
import type { Principal } from '../../../platform/access/access.decorator.js';
import { RequestAuthentication } from '../../../platform/access/request-authentication.js';
import { clientAddress } from '../../../platform/context/client-address.js';
import { bearsToken } from '../../../platform/http/bearer.js';
import { ApiTokenService } from '../api-token.service.js';
import { UserRepository, type UserRow } from '../data/user.repository.js';
import { SignInService } from '../sign-in.service.js';
import { InvalidCredentials, InvalidToken } from '../tenancy.errors.js';

declare module 'express-session' {
  interface SessionData {
    /** When and where its person signed in, for the list of his sessions. */
    begun: { at: string; address?: string; userAgent?: string };
  }
}

const LONGEST_USER_AGENT = 200;

type Done = (error: unknown, user?: Principal | false) => void;

/**
 * Who calls, through Passport: a session made by e-mail and password, or an API token. The authenticator is our own and
 * not Passport's shared one, so that two applications in one process do not share strategies.
 */
@Injectable()
export class PassportAuthentication extends RequestAuthentication {
  private readonly passport = new passport.Passport();

  constructor(signIns: SignInService, tokens: ApiTokenService, users: UserRepository) {
    super();
    this.passport.use(
      new LocalStrategy({ usernameField: 'email', passReqToCallback: true }, (request, email, password, done) =>
        settle(signIns.verify(email, password, request.ip ?? ''), done),
      ),
    );
    this.passport.use(new BearerStrategy((token, done) => settle(tokens.userOf(token), done)));
    this.passport.serializeUser((user, done) => done(null, (user as Principal).userId));
    this.passport.deserializeUser((userId: string, done: Done) => settle(users.activeById(userId), done));
  }

  handlers(): RequestHandler[] {
    const session = this.passport.session() as RequestHandler;
    return [
      (request, response, next) =>
        bearsToken(request) ? this.useToken(request, response, next) : void session(request, response, next),
    ];
  }

  /**
   * Checks `email` and `password` of the body and begins a new session, whose id was never known to anyone before.
   * @throws InvalidCredentials, TooManyAttempts
   */
  signIn(request: Request, response: Response): Promise<Principal> {
    return new Promise((resolve, reject) => {
      const done = (error: Error | null, user?: Principal | false): void => {
        if (error) return reject(error);
        if (!user) return reject(new InvalidCredentials());
        this.begin(request, user).then(() => resolve(user), reject);
      };
      const authenticate = this.passport.authenticate('local', done) as RequestHandler;
      void authenticate(request, response, reject);
    });
  }

  /** Begins a session of this person, whose id was never known to anyone before; it is stored when this resolves. */
  begin(request: Request, user: Principal): Promise<void> {
    return new Promise((resolve, reject) => {
      request.logIn(user, (failure?: Error) => {
        if (failure) return reject(failure);
        request.session.begun = beginningOf(request);
        resolve();
      });
    });
  }

  /** Ends the session on the server; the cookie is worth nothing afterwards. */
  signOut(request: Request): Promise<void> {
    return new Promise((resolve, reject) => {
      request.session.destroy((failure?: Error) => (failure ? reject(failure) : resolve()));
    });
  }

  private useToken(request: Request, response: Response, next: NextFunction): void {
    const done = (error: unknown, user?: Principal | false): void => {
      if (error || !user) return next(error ?? new InvalidToken());
      request.user = user;
      next();
    };
    const authenticate = this.passport.authenticate('bearer', { session: false }, done) as RequestHandler;
    void authenticate(request, response, next);
  }
}

function beginningOf(request: Request): { at: string; address?: string; userAgent?: string } {
  const address = clientAddress(request.ip);
  const userAgent = request.get('user-agent')?.slice(0, LONGEST_USER_AGENT);
  return {
    at: new Date().toISOString(),
    ...(address === undefined ? {} : { address }),
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}

function settle(user: Promise<UserRow | undefined>, done: Done): void {
  user.then(
    (found) => done(null, found ? { userId: found.id, name: found.name, email: found.email } : false),
    (error: unknown) => done(error),
  );
}
