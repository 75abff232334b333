import { context, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { currentContext } from '../context/request-context.js';
import type { HttpMetrics } from '../metrics/http-metrics.js';
import { linkedRoot, tracer } from './spans.js';

/** Asked every few seconds by machines, and nothing happens behind them. */
const UNTRACED = /^\/(?:health\/|metrics$)/;

/**
 * Times each request and opens a span around it. Both name the handler's route and never the address, which holds ids.
 * A caller's `traceparent` becomes a link: a stranger may point to his trace, and neither joins ours nor decides what is
 * recorded. Call it inside the request context and before whatever may answer.
 */
export function observeRequests(metrics: HttpMetrics): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    const span = UNTRACED.test(request.path) ? undefined : startSpan(request);
    response.once('close', () => {
      const served = {
        method: request.method,
        route: routeOf(request),
        status: response.writableFinished ? response.statusCode : undefined,
        durationMs: performance.now() - startedAt,
      };
      // A stream lasts as long as somebody looks at it, which says nothing about us.
      if (!isEventStream(response)) metrics.served(served);
      if (span) endSpan(span, served);
    });
    if (span) context.with(trace.setSpan(context.active(), span), next);
    else next();
  };
}

function startSpan(request: Request): Span {
  const correlationId = currentContext()?.correlationId;
  return tracer().startSpan(request.method, {
    kind: SpanKind.SERVER,
    attributes: {
      [ATTR_HTTP_REQUEST_METHOD]: request.method,
      ...(correlationId === undefined ? {} : { 'correlation.id': correlationId }),
    },
    ...linkedRoot(request.get('traceparent')),
  });
}

function endSpan(span: Span, served: { method: string; route: string | undefined; status: number | undefined }): void {
  const { method, route, status } = served;
  if (route !== undefined) {
    span.updateName(`${method} ${route}`);
    span.setAttribute(ATTR_HTTP_ROUTE, route);
  }
  if (status !== undefined) span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
  if (status !== undefined && status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** The pattern of the handler that was reached, as Express keeps it. Nest's own catch-all, `*path`, is no handler. */
function routeOf(request: Request): string | undefined {
  const path = (request.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' && path.startsWith('/') ? path : undefined;
}

function isEventStream(response: Response): boolean {
  return String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
}
