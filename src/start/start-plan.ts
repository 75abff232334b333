import path from 'node:path';
import { TENANT_SIZES, type TenantSize } from '#libs/graph-simulator/src/demo/generated/tenant-sizes.js';
import { SettingsError, SettingsReader } from '../platform/config/settings-reader.js';

export interface SimulatorPlan {
  port: number;
  controlPort: number;
  /** Whether a taken port may be exchanged for a free one: not when a person named it, nor for a first copy. */
  portsAreFlexible: boolean;
  /** A folder with one folder per simulated tenant; absent: the built-in demo tenants. */
  dataDir?: string;
  /** The pause before the simulated admin's first edits; absent: nobody edits the tenants. */
  adminSeconds?: number;
  /** The generated tenant that takes Contoso's place; absent: Contoso itself. */
  demo?: TenantSize;
}

/** What `npm start` was asked for. */
export interface StartPlan {
  port: number;
  /** Absolute; holds the database, the secrets, the demo users and the logs. */
  dataDir: string;
  /** Absent: PostgreSQL is embedded. */
  databaseUrl?: string;
  /** Absent: the queues live in PostgreSQL. */
  redisUrl?: string;
  /** Absent: no simulator. */
  simulator?: SimulatorPlan;
  /** Absent: every demo user gets a random password. */
  demoPassword?: string;
}

const DEFAULT_PORT = 3000;
const DEFAULT_SIMULATOR_PORT = 4100;
/** Whoever has looked around after a first sync finds something with the second. */
const DEFAULT_ADMIN_SECONDS = 60;
const PORT_RANGE = { min: 1, max: 65535 };

/** Reads the plan of a development start. Throws `SettingsError` that names what is wrong. */
export function parseStartPlan(env: NodeJS.ProcessEnv): StartPlan {
  const read = new SettingsReader(env);
  const given = (name: string): boolean => (env[name]?.trim() ?? '') !== '';
  const simulatorPort = read.integer('GRAPH_SIMULATOR_PORT', { min: 1, max: 65534 }, DEFAULT_SIMULATOR_PORT);
  const demo = read.oneOf('GRAPH_SIMULATOR_DEMO', ['contoso', ...TENANT_SIZES], 'contoso');
  const simulator: SimulatorPlan = {
    port: simulatorPort,
    controlPort: read.integer('GRAPH_SIMULATOR_CONTROL_PORT', PORT_RANGE, simulatorPort + 1),
    portsAreFlexible: given('PORT') && !given('GRAPH_SIMULATOR_PORT') && !given('GRAPH_SIMULATOR_CONTROL_PORT'),
    ...(given('GRAPH_SIMULATOR_DATA') ? { dataDir: path.resolve(read.text('GRAPH_SIMULATOR_DATA')) } : {}),
    ...(demo === 'contoso' ? {} : { demo }),
    ...adminOf(read, given),
  };
  const databaseUrl = read.optionalUrl('DATABASE_URL', ['postgres', 'postgresql']);
  const redisUrl = read.optionalUrl('REDIS_URL', ['redis', 'rediss']);
  const plan: StartPlan = {
    port: read.integer('PORT', PORT_RANGE, DEFAULT_PORT),
    dataDir: path.resolve(read.text('DATA_DIR', '.data')),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    ...(read.oneOf('GRAPH_SIMULATOR', ['on', 'off'], 'on') === 'on' ? { simulator } : {}),
    ...(given('DEMO_PASSWORD') ? { demoPassword: read.secret('DEMO_PASSWORD', 8) } : {}),
  };
  read.throwFaults();
  if (simulator.dataDir !== undefined && simulator.demo !== undefined) {
    throw new SettingsError(['GRAPH_SIMULATOR_DATA and GRAPH_SIMULATOR_DEMO both say what to simulate; give one.']);
  }
  if (plan.simulator) requireDistinct({ PORT: plan.port, ...portsOf(plan.simulator) });
  return plan;
}

/** Whoever brings tenants of their own knows what is in them, so the admin comes there only when asked. */
function adminOf(read: SettingsReader, given: (name: string) => boolean): Pick<SimulatorPlan, 'adminSeconds'> {
  const usual = given('GRAPH_SIMULATOR_DATA') ? 'off' : 'on';
  const admin = read.oneOf('GRAPH_SIMULATOR_ADMIN', ['on', 'off'], usual);
  const seconds = read.integer('GRAPH_SIMULATOR_ADMIN_INTERVAL', { min: 1, max: 86_400 }, DEFAULT_ADMIN_SECONDS);
  return admin === 'on' ? { adminSeconds: seconds } : {};
}

function portsOf({ port, controlPort }: SimulatorPlan): Record<string, number> {
  return { GRAPH_SIMULATOR_PORT: port, GRAPH_SIMULATOR_CONTROL_PORT: controlPort };
}

function requireDistinct(ports: Record<string, number>): void {
  const nameOf = new Map<number, string>();
  for (const [name, port] of Object.entries(ports)) {
    const other = nameOf.get(port);
    if (other !== undefined) throw new SettingsError([`${other} and ${name} are both ${port}; they must differ.`]);
    nameOf.set(port, name);
  }
}
