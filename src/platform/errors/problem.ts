import { STATUS_CODES } from 'node:http';
import { HttpException, HttpStatus } from '@nestjs/common';
import { exhaustionOf } from '../database/database-exhausted.js';
import { isAway } from '../database/database-unavailable.js';
import { DomainError, type ErrorKind, type FieldFault } from './domain-error.js';

/** The answer to a refused or failed request, `application/problem+json` (RFC 9457) with a stable `code`. */
export interface Problem {
  status: number;
  code: string;
  detail: string;
  errors?: readonly FieldFault[];
  body?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>>;
}

const STATUS_OF: Record<ErrorKind, HttpStatus> = {
  invalid: HttpStatus.BAD_REQUEST,
  unprocessable: HttpStatus.UNPROCESSABLE_ENTITY,
  unauthenticated: HttpStatus.UNAUTHORIZED,
  forbidden: HttpStatus.FORBIDDEN,
  conflict: HttpStatus.CONFLICT,
  'too-many': HttpStatus.TOO_MANY_REQUESTS,
  unavailable: HttpStatus.SERVICE_UNAVAILABLE,
};

/** What the framework itself refuses. Its own messages are not shown: they may quote the request. */
const FRAMEWORK_REFUSALS: ReadonlyMap<number, { code: string; detail: string }> = new Map([
  [400, { code: 'request.malformed', detail: 'The request could not be read; check its address and its body.' }],
  [401, { code: 'auth.required', detail: 'Sign in first.' }],
  [403, { code: 'access.denied', detail: 'You do not have access to this, or it does not exist.' }],
  [404, { code: 'request.not_found', detail: 'There is no such address or method in this API.' }],
  [405, { code: 'request.method_not_allowed', detail: 'This address does not take that method.' }],
  [406, { code: 'request.not_acceptable', detail: 'This API answers JSON; ask for application/json.' }],
  [408, { code: 'request.timeout', detail: 'The request took too long to arrive; send it again.' }],
  [413, { code: 'request.too_large', detail: 'The request body is larger than this API takes.' }],
  [415, { code: 'request.unsupported_media_type', detail: 'Send the body as application/json in UTF-8.' }],
  [429, { code: 'request.too_many', detail: 'There were too many requests; wait and try again.' }],
]);

const MALFORMED_JSON: Problem = {
  status: HttpStatus.BAD_REQUEST,
  code: 'request.malformed_json',
  detail: 'The request body is not valid JSON.',
};

const INTERNAL: Problem = {
  status: HttpStatus.INTERNAL_SERVER_ERROR,
  code: 'internal.error',
  detail: 'Something went wrong on our side; try again, and name the correlation id when you report it.',
};

const UNAVAILABLE: Problem = {
  status: HttpStatus.SERVICE_UNAVAILABLE,
  code: 'service.unavailable',
  detail: 'The service is not reachable right now; try again in a moment.',
  headers: { 'Retry-After': '5' },
};

/** The problem that `error` is answered with; nothing of an unknown error's text is in it. */
export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) {
    const { errors, body, headers } = error.details;
    return { status: STATUS_OF[error.kind], code: error.code, detail: error.message, errors, body, headers };
  }
  if (error instanceof HttpException) return refusalOf(error);
  const exhaustion = exhaustionOf(error);
  if (exhaustion) return problemOf(exhaustion);
  return isConnectionLoss(error) ? UNAVAILABLE : INTERNAL;
}

/** The JSON document of a problem; `body` cannot replace the standard members. */
export function problemDocument(problem: Problem, correlationId: string): Record<string, unknown> {
  return {
    ...problem.body,
    type: `urn:tenantatlas:problem:${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    ...(problem.errors ? { errors: problem.errors } : {}),
    correlationId,
  };
}

function refusalOf(error: HttpException): Problem {
  const status = error.getStatus();
  if (status >= 500) return INTERNAL;
  if (status === 400 && error.cause instanceof SyntaxError) return MALFORMED_JSON;
  const refusal = FRAMEWORK_REFUSALS.get(status) ?? {
    code: 'request.refused',
    detail: 'The request was refused; check it against the API description.',
  };
  return { status, ...refusal };
}

function isConnectionLoss(error: unknown): boolean {
  if (isAway(error)) return true;
  return error instanceof Error && 'driverError' in error && isConnectionLoss(error.driverError);
}
