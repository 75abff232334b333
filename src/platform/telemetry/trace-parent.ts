import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

const TRACE_PARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** A span's place as one line of W3C Trace Context, `00-<trace>-<span>-<flags>`: it fits a column and a header. */
export function formatTraceParent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/**
 * The span that a `traceparent` names; undefined for anything that is none. Later versions may add members at the end
 * (https://www.w3.org/TR/trace-context/#versioning-of-traceparent), version 00 has four, and ff is forbidden.
 */
export function parseTraceParent(text: string | undefined): SpanContext | undefined {
  const [, version, traceId = '', spanId = '', flags = '0', rest] = TRACE_PARENT.exec(text ?? '') ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(context) ? context : undefined;
}
