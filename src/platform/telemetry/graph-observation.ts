import { SpanKind, SpanStatusCode, type Span } from '@opentelemetry/api';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_RESEND_COUNT,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
} from '@opentelemetry/semantic-conventions';
import { Injectable } from '@nestjs/common';
import { GRAPH_FAILURE_CODES } from '#libs/graph-client/src/graph-failure.js';
import type {
  GraphAttempt,
  GraphAttemptEnd,
  GraphFault,
  GraphObserver,
} from '#libs/graph-client/src/transport/graph-observer.js';
import { currentContext } from '../context/request-context.js';
import { Metrics, type Count, type Observe } from '../metrics/metrics.js';
import { tracer } from './spans.js';

/**
 * Watches every Graph client of the process: a span for each request below the work that makes it, and metrics over all.
 * Nothing of ours is sent to Microsoft for it; support finds a request by Graph's own `request-id`.
 */
@Injectable()
export class GraphObservation implements GraphObserver {
  private readonly duration: Observe<'method' | 'status'>;
  private readonly budgetWait: Observe<never>;
  private readonly retries: Count<'reason'>;
  private readonly throttled: Count<never>;

  constructor(metrics: Metrics) {
    this.duration = metrics.histogram({
      name: 'graph_request_duration_seconds',
      help: 'Each HTTP request to Microsoft Graph, retries included.',
      labels: {
        method: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
        status: ['2xx', '3xx', '4xx', '5xx', 'none', 'aborted'],
      },
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 100],
    });
    this.budgetWait = metrics.histogram({
      name: 'graph_budget_wait_seconds',
      help: "How long each request waited for its turn in its tenant's budget.",
      labels: {},
      buckets: [0.01, 0.1, 0.5, 1, 5, 10, 20, 60, 300],
    });
    this.retries = metrics.counter({
      name: 'graph_retries_total',
      help: 'Requests that were made again, by why.',
      labels: { reason: GRAPH_FAILURE_CODES },
    });
    this.throttled = metrics.counter({
      name: 'graph_throttled_total',
      help: 'Calls, and members of batches, that Microsoft Graph told to wait.',
      labels: {},
    });
  }

  sending(attempt: GraphAttempt): (end: GraphAttemptEnd) => void {
    const startedAt = performance.now();
    const span = startSpan(attempt);
    this.budgetWait({}, attempt.waitedMs / 1_000);
    return (end) => {
      this.duration({ method: attempt.method, status: statusOf(end) }, (performance.now() - startedAt) / 1_000);
      endSpan(span, end);
    };
  }

  fault({ code, retryInMs }: GraphFault): void {
    if (code === 'graph.throttled') this.throttled({});
    if (retryInMs !== undefined) this.retries({ reason: code });
  }
}

function statusOf(end: GraphAttemptEnd): string {
  switch (end.kind) {
    case 'answered':
      return `${Math.floor(end.status / 100)}xx`;
    case 'failed':
      return 'none';
    case 'aborted':
      return 'aborted';
  }
}

function startSpan({ method, route, attempt, requests, waitedMs }: GraphAttempt): Span {
  const runId = currentContext()?.runId;
  return tracer().startSpan(`${method} ${route}`, {
    kind: SpanKind.CLIENT,
    attributes: {
      [ATTR_HTTP_REQUEST_METHOD]: method,
      'url.template': route,
      'graph.requests': requests,
      'graph.budget_wait_ms': waitedMs,
      ...(attempt > 1 ? { [ATTR_HTTP_REQUEST_RESEND_COUNT]: attempt - 1 } : {}),
      ...(runId === undefined ? {} : { 'run.id': runId }),
    },
  });
}

function endSpan(span: Span, end: GraphAttemptEnd): void {
  if (end.kind === 'answered') {
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, end.status);
    if (end.requestId !== undefined) span.setAttribute('graph.request_id', end.requestId);
  }
  if (end.kind === 'failed' || (end.kind === 'answered' && end.status >= 400)) {
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
