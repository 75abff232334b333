import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { DomainError } from '../errors/domain-error.js';
import { bearsToken } from './bearer.js';

/** A page of another site sends these types only after our leave (CORS preflight), which it does not get. */
const UNLIKE_A_FORM = ['application/json', 'application/zip'];

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that another site makes a browser send. What changes something must come from our own origin, by
 * `Sec-Fetch-Site` where the browser sends it and by `Origin` otherwise, and must carry JSON or a zip, which a form cannot.
 * Callers with an API token need neither.
 * @param cookieName the session cookie's name
 * @param publicUrl the address under which people open the product
 */
export function refuseCrossSite(cookieName: string, publicUrl: string): RequestHandler {
  const publicHost = new URL(publicUrl).host;
  const hasSession = new RegExp(`(^|;\\s*)${cookieName.replaceAll('.', '\\.')}=`);
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (SAFE_METHODS.has(request.method) || bearsToken(request)) return next();
    if (isForeign(request, publicHost)) throw refusal('This request came from another site and was refused.');
    if (hasBody(request) && !request.is(UNLIKE_A_FORM)) {
      if (hasSession.test(request.get('cookie') ?? '')) {
        throw refusal('With a session, send the body as application/json.');
      }
      throw new UnsupportedMediaTypeException();
    }
    next();
  };
}

function isForeign(request: Request, publicHost: string): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.get('origin');
  if (origin === undefined) return false;
  const host = URL.canParse(origin) ? new URL(origin).host : '';
  return host === '' || (host !== request.host && host !== publicHost);
}

function hasBody(request: Request): boolean {
  return request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0;
}

function refusal(sentence: string): DomainError {
  return new DomainError('request.cross_site', 'forbidden', sentence);
}
