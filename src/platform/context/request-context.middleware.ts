import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { clientAddress } from './client-address.js';
import { runInContext } from './request-context.js';

export const CORRELATION_HEADER = 'x-correlation-id';

const ACCEPTABLE = /^[A-Za-z0-9._-]{8,64}$/;

/**
 * Opens a context around the request. A caller's `x-correlation-id` is kept when it is 8 to 64 letters, digits, dots,
 * dashes or underscores, so that it can stand in a log line; otherwise a new one is made. The answer echoes it.
 */
export function openRequestContext(request: Request, response: Response, next: NextFunction): void {
  const given = request.get(CORRELATION_HEADER);
  const correlationId = given !== undefined && ACCEPTABLE.test(given) ? given : randomUUID();
  response.setHeader(CORRELATION_HEADER, correlationId);
  runInContext({ correlationId, address: clientAddress(request.ip), userAgent: request.get('user-agent') }, next);
}
