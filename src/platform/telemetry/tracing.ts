import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { context, diag, DiagLogLevel, trace, type DiagLogger } from '@opentelemetry/api';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import type { TelemetrySettings } from '../config/telemetry-settings.js';

/** Which of our processes this is. */
export type Program = 'api' | 'worker';

/** The tracing of one process, under way. */
export interface Tracing {
  /** Delivers what is left, for a few seconds at most, and ends. Never rejects. */
  stop(): Promise<void>;
}

/** A process that stops does not wait longer than this for somebody else's collector. */
const LAST_DELIVERY_MS = 3_000;
const EXPORT_TIMEOUT_MS = 5_000;
/** Attributes are ids and routes; what is longer came from outside. */
const LONGEST_ATTRIBUTE = 256;

/**
 * Sends the process's spans to the collector of the settings, by OTLP over HTTP with JSON. Without a collector nothing
 * of the SDK is loaded, and the API's own spans do nothing. The standard `OTEL_TRACES_SAMPLER`,
 * `OTEL_EXPORTER_OTLP_HEADERS` and `OTEL_BSP_*` are honoured by the SDK itself.
 *
 * Statements to PostgreSQL get no spans: a sync makes thousands that all look alike and would bury the few requests to
 * Graph that explain a run; the pool's metrics say when the database is what is slow.
 */
export async function startTracing(settings: TelemetrySettings, program: Program): Promise<Tracing> {
  if (settings.otlpEndpoint === undefined) return { stop: () => Promise.resolve() };
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { defaultResource, resourceFromAttributes } = await import('@opentelemetry/resources');
  const exporter = new OTLPTraceExporter({
    url: `${settings.otlpEndpoint}/v1/traces`,
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        [ATTR_SERVICE_NAME]: settings.serviceName ?? `tenantatlas-${program}`,
        'service.instance.id': randomUUID(),
        'tenantatlas.program': program,
      }),
    ),
    spanLimits: { attributeValueLengthLimit: LONGEST_ATTRIBUTE },
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  diag.setLogger(sayOnce(new Logger('Tracing')), DiagLogLevel.ERROR);
  // No propagator: strangers' trace ids become links by hand, and ours are sent to nobody.
  provider.register({ propagator: null });
  return {
    stop: async () => {
      const stopped = new AbortController();
      const late = sleep(LAST_DELIVERY_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      stopped.abort();
      trace.disable();
      context.disable();
      diag.disable();
    },
  };
}

/** The SDK's own words hold addresses and stacks, and come with every batch while a collector is away. */
function sayOnce(log: Logger): DiagLogger {
  let said = false;
  const silent = (): void => undefined;
  return {
    error: () => {
      if (!said) log.warn('Spans could not be delivered to the collector; this is said only once.');
      said = true;
    },
    warn: silent,
    info: silent,
    debug: silent,
    verbose: silent,
  };
}
