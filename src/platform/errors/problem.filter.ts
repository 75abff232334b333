import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CORRELATION_HEADER } from '../context/request-context.middleware.js';
import { problemDocument, problemOf } from './problem.js';

/** The one place where an error becomes an HTTP answer. Failures of ours (5xx) are logged with the correlation id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const correlationId = String(response.getHeader(CORRELATION_HEADER) ?? '');
    const problem = problemOf(error);
    if (problem.status >= 500) {
      const stack = error instanceof Error ? error.stack : undefined;
      const where = `${request.method} ${request.originalUrl.split('?')[0]}`;
      this.log.error(`${where} failed with ${problem.code}, correlation id ${correlationId}`, stack);
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
}
