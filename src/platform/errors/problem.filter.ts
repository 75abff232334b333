import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CORRELATION_HEADER } from '../context/request-context.middleware.js';
import { DomainError } from './domain-error.js';
import { problemDocument, problemOf } from './problem.js';

const log = new Logger('Http');

/** The one place where an error of a handler becomes an HTTP answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(error, http.getRequest<Request>(), http.getResponse<Response>());
  }
}

/**
 * Answers with the problem of `error`. Failures of ours (5xx) are logged with the correlation id: one that nobody foresaw
 * with its stack, and what is out of reach in one line, because every request says it until it is back.
 */
export function answerProblem(error: unknown, request: Request, response: Response): void {
  const correlationId = String(response.getHeader(CORRELATION_HEADER) ?? '');
  const problem = problemOf(error);
  if (problem.status >= 500) {
    const unforeseen = problem.status !== 503 && error instanceof Error;
    const what = unforeseen ? problem.code : `${problem.code}${whyOf(error)}`;
    const where = `${request.method} ${request.originalUrl.split('?')[0]}`;
    log.error(`${where} failed with ${what}, correlation id ${correlationId}`, unforeseen ? error.stack : undefined);
  }
  if (response.headersSent) {
    response.destroy(); // a half-sent answer must not look like a whole one
    return;
  }
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="TenantAtlas"');
  for (const [name, value] of Object.entries(problem.headers ?? {})) response.setHeader(name, value);
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemDocument(problem, correlationId)));
}

/** What the other side, or the way to it, said; nothing for an error of ours that has no cause. */
function whyOf(error: unknown): string {
  const cause = error instanceof DomainError ? error.cause : error;
  if (!(cause instanceof Error)) return '';
  return ` (${'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message})`;
}
