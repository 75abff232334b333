import { randomBytes } from 'node:crypto';
import type { Settings } from '../../src/platform/config/settings.js';

/** Settings for a process under test on `databaseUrl`; override what the test is about. */
export function testSettings(databaseUrl: string, overrides: Partial<Settings> = {}): Settings {
  return {
    environment: 'test',
    port: 3000,
    host: '127.0.0.1',
    databaseUrl,
    sessionSecret: randomBytes(32).toString('hex'),
    encryptionKey: randomBytes(32),
    publicUrl: 'http://127.0.0.1:3000',
    trustProxy: false,
    graph: {
      graphOrigin: 'http://127.0.0.1:9',
      loginOrigin: 'http://127.0.0.1:9',
      loginAuthority: 'https://login.sim.local',
    },
    runs: { leaseSeconds: 60, sweepSeconds: 10, retentionDays: 180 },
    telemetry: { metrics: { kind: 'nobody' }, drainMs: 0 },
    webDir: 'web/dist',
    logLevel: 'error',
    ...overrides,
  };
}
