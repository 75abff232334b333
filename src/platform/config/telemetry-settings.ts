import type { SettingsReader } from './settings-reader.js';

/** Who may read `/metrics`: nobody, whoever reaches the port, or whoever brings the token. */
export type MetricsReaders =
  { readonly kind: 'nobody' } | { readonly kind: 'anyone' } | { readonly kind: 'bearer'; readonly token: string };

/** What of the processes is shown to those who watch them. */
export interface TelemetrySettings {
  readonly metrics: MetricsReaders;
  /** Where the worker answers its own probes and metrics; absent: nowhere. */
  readonly workerPort?: number;
  /** The OTLP/HTTP collector that spans go to, without `/v1/traces`; absent: nothing is traced. */
  readonly otlpEndpoint?: string;
  /** The service's name in traces; absent: `tenantatlas-api` and `tenantatlas-worker`. */
  readonly serviceName?: string;
  /** How long a process that was asked to stop still serves, so that whoever routes to it sees it go. Milliseconds. */
  readonly drainMs: number;
}

const SHORTEST_TOKEN = 16;

/** Reads `METRICS`, `METRICS_TOKEN`, `WORKER_PORT`, `SHUTDOWN_DRAIN_SECONDS` and the two of OpenTelemetry. */
export function readTelemetrySettings(read: SettingsReader): TelemetrySettings {
  const workerPort = read.integer('WORKER_PORT', { min: 1, max: 65535 }, 0);
  const otlpEndpoint = read.optionalUrl('OTEL_EXPORTER_OTLP_ENDPOINT', ['http', 'https']);
  const serviceName = read.text('OTEL_SERVICE_NAME', '');
  return Object.freeze({
    metrics: Object.freeze(readMetricsReaders(read)),
    ...(workerPort === 0 ? {} : { workerPort }),
    ...(otlpEndpoint === undefined ? {} : { otlpEndpoint: otlpEndpoint.replace(/\/+$/, '') }),
    ...(serviceName === '' ? {} : { serviceName }),
    drainMs: read.integer('SHUTDOWN_DRAIN_SECONDS', { min: 0, max: 60 }, 0) * 1_000,
  });
}

/** A token alone is enough to say that it is asked for. */
function readMetricsReaders(read: SettingsReader): MetricsReaders {
  const hasToken = read.text('METRICS_TOKEN', '') !== '';
  switch (read.oneOf('METRICS', ['off', 'on', 'token'], hasToken ? 'token' : 'off')) {
    case 'off':
      return { kind: 'nobody' };
    case 'on':
      return { kind: 'anyone' };
    case 'token':
      return { kind: 'bearer', token: read.secret('METRICS_TOKEN', SHORTEST_TOKEN) };
  }
}
