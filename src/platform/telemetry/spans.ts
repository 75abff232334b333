import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';
import { formatTraceParent, parseTraceParent } from './trace-parent.js';

/** A code of ours (`graph.throttled`), and a class name; any other text of an error may hold what nobody should read. */
const ERROR_CODE = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+$/;
const ERROR_NAME = /^[A-Za-z]{1,60}$/;

/** The tracer of the process; its spans go nowhere, and cost next to nothing, unless a collector is configured. */
export function tracer(): Tracer {
  return trace.getTracer('tenantatlas');
}

/** The span around the caller as one line that can be stored and handed on; undefined when nothing is traced. */
export function currentTraceParent(): string | undefined {
  const current = trace.getActiveSpan()?.spanContext();
  return current === undefined ? undefined : formatTraceParent(current);
}

/** The id of the trace around the caller, for log lines; undefined when nothing is traced. */
export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}

/** Adds to the span around the caller; without one it does nothing. */
export function annotateSpan(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes(attributes);
}

/** Runs `work` in a span below the caller's. It fails with `work`, and tells the kind of the error, never its text. */
export function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  const span = tracer().startSpan(name, { attributes });
  // Without a collector nobody follows the span, and the shortest paths need not pay for it.
  return isSpanContextValid(span.spanContext()) ? within(span, work) : work();
}

/**
 * Runs `work` in a trace of its own that points to the span which caused it, because work that waited in a queue may run
 * long after its cause has ended, and more than once.
 * @param traceParent what {@link currentTraceParent} gave at the cause, however it came here; anything else is ignored
 */
export function withLinkedSpan<T>(
  name: string,
  traceParent: string | null | undefined,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  return within(tracer().startSpan(name, { attributes, ...linkedRoot(traceParent) }, ROOT_CONTEXT), work);
}

/** What makes a span the root of a trace that points to another. */
export function linkedRoot(traceParent: string | null | undefined): Pick<SpanOptions, 'root' | 'links'> {
  const cause = parseTraceParent(traceParent ?? undefined);
  return { root: true, links: cause === undefined ? [] : [{ context: cause }] };
}

/** Marks the span as failed, by the kind of error alone. */
export function markFailed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute(ATTR_ERROR_TYPE, kindOf(error));
}

async function within<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string' && ERROR_CODE.test(error.code)) return error.code;
  return ERROR_NAME.test(error.name) ? error.name : 'Error';
}
