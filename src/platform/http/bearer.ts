import type { Request } from 'express';

/**
 * Whether the caller brings an API token. Only then is he known to be no browser acting behind its user's back: Basic
 * credentials, for one, are sent by browsers on their own.
 */
export function bearsToken(request: Request): boolean {
  return /^bearer\b/i.test(request.get('authorization') ?? '');
}
