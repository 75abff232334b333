import { describe, expect, it } from '@jest/globals';
import { SettingsReader } from './settings-reader.js';
import { readTelemetrySettings, type TelemetrySettings } from './telemetry-settings.js';

function parsed(env: NodeJS.ProcessEnv): TelemetrySettings {
  const read = new SettingsReader(env);
  const settings = readTelemetrySettings(read);
  read.throwFaults();
  return settings;
}

const TOKEN = 'a token of some length';

describe('the telemetry settings', () => {
  it('show nothing and trace nothing unless told', () => {
    expect(parsed({})).toEqual({ metrics: { kind: 'nobody' }, drainMs: 0 });
  });

  it.each([
    [{ METRICS: 'on' }, { kind: 'anyone' }],
    [
      { METRICS: 'token', METRICS_TOKEN: TOKEN },
      { kind: 'bearer', token: TOKEN },
    ],
    [{ METRICS_TOKEN: TOKEN }, { kind: 'bearer', token: TOKEN }],
    [{ METRICS: 'off', METRICS_TOKEN: TOKEN }, { kind: 'nobody' }],
  ])('say who reads the metrics: %j', (env, metrics) => {
    expect(parsed(env).metrics).toEqual(metrics);
  });

  it('take what else is set', () => {
    const env = {
      WORKER_PORT: '9464',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
      OTEL_SERVICE_NAME: 'atlas',
      SHUTDOWN_DRAIN_SECONDS: '5',
    };
    expect(parsed(env)).toMatchObject({
      workerPort: 9464,
      otlpEndpoint: 'http://collector:4318',
      serviceName: 'atlas',
      drainMs: 5_000,
    });
  });

  it.each([
    [{ METRICS: 'token' }, 'METRICS_TOKEN is missing.'],
    [{ METRICS_TOKEN: 'hunter2' }, 'METRICS_TOKEN must have at least 16 characters.'],
    [{ METRICS: 'yes' }, 'METRICS must be one of off, on, token.'],
    [{ WORKER_PORT: '0' }, 'WORKER_PORT must be a whole number from 1 to 65535.'],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'hunter2' },
      'OTEL_EXPORTER_OTLP_ENDPOINT must be a URL that begins with http:// or https://.',
    ],
  ])('name what is wrong: %j', (env, fault) => {
    expect(() => parsed(env)).toThrow(fault);
  });
});
