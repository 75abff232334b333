import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseStartPlan } from './start-plan.js';

describe('parseStartPlan', () => {
  it('embeds everything when nothing is given', () => {
    expect(parseStartPlan({})).toEqual({
      port: 3000,
      dataDir: path.resolve('.data'),
      simulator: { port: 4100, controlPort: 4101, portsAreFlexible: false, adminSeconds: 60 },
    });
  });

  it('takes what is given', () => {
    const plan = parseStartPlan({
      PORT: '3100',
      DATA_DIR: '/srv/atlas',
      DATABASE_URL: 'postgres://u:p@db/atlas',
      REDIS_URL: 'redis://cache',
      GRAPH_SIMULATOR_DATA: '/srv/tenants',
      DEMO_PASSWORD: 'open sesame',
    });
    expect(plan).toEqual({
      port: 3100,
      dataDir: '/srv/atlas',
      databaseUrl: 'postgres://u:p@db/atlas',
      redisUrl: 'redis://cache',
      simulator: { port: 4100, controlPort: 4101, portsAreFlexible: true, dataDir: '/srv/tenants' },
      demoPassword: 'open sesame',
    });
  });

  it('takes a generated tenant, unless a folder says already what to simulate', () => {
    expect(parseStartPlan({ GRAPH_SIMULATOR_DEMO: 'enterprise' }).simulator).toMatchObject({ demo: 'enterprise' });
    expect(parseStartPlan({ GRAPH_SIMULATOR_DEMO: 'contoso' }).simulator).not.toHaveProperty('demo');
    expect(() => parseStartPlan({ GRAPH_SIMULATOR_DEMO: 'huge' })).toThrow('GRAPH_SIMULATOR_DEMO must be one of');
    expect(() => parseStartPlan({ GRAPH_SIMULATOR_DEMO: 'smb', GRAPH_SIMULATOR_DATA: '/srv/tenants' })).toThrow(
      'GRAPH_SIMULATOR_DATA and GRAPH_SIMULATOR_DEMO both say what to simulate; give one.',
    );
  });

  it('has the simulated admin edit the demo tenants, and those of a folder only when asked', () => {
    const admin = (env: NodeJS.ProcessEnv): unknown => parseStartPlan(env).simulator?.adminSeconds;
    const folder = { GRAPH_SIMULATOR_DATA: '/srv/tenants' };
    expect(admin({ GRAPH_SIMULATOR_DEMO: 'smb', GRAPH_SIMULATOR_ADMIN_INTERVAL: '30' })).toBe(30);
    expect(admin({ GRAPH_SIMULATOR_ADMIN: 'off' })).toBeUndefined();
    expect(admin({ ...folder, GRAPH_SIMULATOR_ADMIN_INTERVAL: '30' })).toBeUndefined();
    expect(admin({ ...folder, GRAPH_SIMULATOR_ADMIN: 'on' })).toBe(60);
    expect(() => admin({ GRAPH_SIMULATOR_ADMIN_INTERVAL: 'often' })).toThrow(
      'GRAPH_SIMULATOR_ADMIN_INTERVAL must be a whole number',
    );
  });

  it('puts the control port behind the simulator port that a person named, and leaves both there', () => {
    const { simulator } = parseStartPlan({ PORT: '3100', GRAPH_SIMULATOR_PORT: '5000' });
    expect(simulator).toMatchObject({ port: 5000, controlPort: 5001, portsAreFlexible: false });
  });

  it('leaves the simulator out', () => {
    expect(parseStartPlan({ GRAPH_SIMULATOR: 'off' }).simulator).toBeUndefined();
  });

  it('wants three different ports', () => {
    expect(() => parseStartPlan({ PORT: '4101' })).toThrow(
      'PORT and GRAPH_SIMULATOR_CONTROL_PORT are both 4101; they must differ.',
    );
    expect(() => parseStartPlan({ GRAPH_SIMULATOR_PORT: '5000', GRAPH_SIMULATOR_CONTROL_PORT: '5000' })).toThrow(
      'GRAPH_SIMULATOR_PORT and GRAPH_SIMULATOR_CONTROL_PORT are both 5000; they must differ.',
    );
    expect(parseStartPlan({ PORT: '4100', GRAPH_SIMULATOR: 'off' }).port).toBe(4100);
  });

  it('names everything that is wrong', () => {
    const words = (): unknown => parseStartPlan({ PORT: '0', GRAPH_SIMULATOR: 'maybe', REDIS_URL: 'cache' });
    expect(words).toThrow(/^REDIS_URL must .*\nPORT must .*\nGRAPH_SIMULATOR must be one of on, off\.$/);
  });
});
