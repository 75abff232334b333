import { Logger } from '@nestjs/common';
import pgSession from 'connect-pg-simple';
import type { RequestHandler } from 'express';
import session from 'express-session';
import type { DataSource } from 'typeorm';
import type { Settings } from '../config/settings.js';
import { poolOf } from './postgres-pool.js';

export const SESSION_COOKIE = 'tenantatlas.sid';

/** How long a session lives after its last use, in milliseconds. */
export const SESSION_MS = 12 * 60 * 60 * 1000;

interface SessionCookie {
  path: '/';
  httpOnly: true;
  sameSite: 'lax';
  secure: boolean;
}

/** What the browser is told about the session cookie; signing out must name the same attributes to clear it. */
export function sessionCookie(settings: Settings): SessionCookie {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.environment === 'production' };
}

/**
 * Server-side sessions in `user_sessions`, through the data source's pool. They end 12 hours after their last use; a
 * caller who never signs in gets no row and no cookie.
 */
export function sessions(dataSource: DataSource, settings: Settings): RequestHandler {
  const log = new Logger('Sessions');
  const Store = pgSession(session);
  return session({
    name: SESSION_COOKIE,
    secret: settings.sessionSecret,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { ...sessionCookie(settings), maxAge: SESSION_MS },
    store: new Store({
      pool: poolOf(dataSource),
      tableName: 'user_sessions',
      createTableIfMissing: false,
      errorLog: (...what: unknown[]) => log.warn(what.map(String).join(' ')),
    }),
  });
}
