import type { Reply } from '../http/reply.js';

/** A control call that cannot be done; the message is a sentence for the person who made it. */
export class ControlError extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 405 | 409 | 413 | 415 | 500,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function controlReply(status: number, body: unknown): Reply {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' }, body };
}

export function errorReply({ status, code, message }: ControlError): Reply {
  return controlReply(status, { error: { code, message } });
}
