import type { RequestHandler } from 'express';

/**
 * Finds out who calls; `tenancy` answers it. The handlers run in order after the session was read and put a Principal
 * on `request.user`, or leave it empty. They refuse a token that is not valid, but never a request without one.
 */
export abstract class RequestAuthentication {
  abstract handlers(): RequestHandler[];
}
