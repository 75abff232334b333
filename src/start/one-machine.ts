import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { once } from 'node:events';
import { migrateUp } from '../platform/database/migration-runner.js';
import { lockDataDirectory } from './data-directory.js';
import { isDemoSeeded, type DemoTenant } from './demo-messages.js';
import { keepDemoUsers, planDemoTenants, type DemoUser } from './demo-users.js';
import { ManagedProcess } from './managed-process.js';
import { launchNode, messageOf } from './node-process.js';
import { claimPort, claimSimulatorPorts, LOOPBACK } from './ports.js';
import { startEmbeddedDatabase } from './postgres/embedded-database.js';
import { requireRedis } from './reachable-redis.js';
import type { Say } from './say.js';
import { keptSecrets } from './secrets.js';
import { isSimulatorReady, type SimulatorReady } from './simulator-messages.js';
import { apiProcess, workerProcess } from './server-processes.js';
import type { Stack } from './stack.js';
import { StartError, wordsOf } from './start-error.js';
import type { SimulatorPlan, StartPlan } from './start-plan.js';

const WEB_DIR = path.resolve(import.meta.dirname, '../../../web/dist');

/** How long processes of a killed start may hold on to their ports. */
const LEFTOVER_PATIENCE_MS = 20_000;

/** Everything on one machine, for development and demonstration: what is not given is embedded under the data directory. */
export async function startOneMachine(plan: StartPlan, env: NodeJS.ProcessEnv, stack: Stack, say: Say): Promise<void> {
  const lock = await lockDataDirectory(plan.dataDir);
  stack.add({ stop: () => lock.release(), kill: () => undefined });
  say(`TenantAtlas keeps its data in ${plan.dataDir}.`);
  if (lock.recovered) say('An earlier start was killed; what it left is cleared up.');
  const patienceMs = lock.recovered ? LEFTOVER_PATIENCE_MS : 0;
  await claimPort(plan.port, 'PORT', patienceMs);
  const logs = await freshLogs(plan.dataDir);
  const secrets = await keptSecrets(plan.dataDir);

  if (plan.redisUrl !== undefined) await requireRedis(plan.redisUrl);
  const databaseUrl = plan.databaseUrl ?? (await embeddedDatabase(plan, logs('postgres'), stack, say));
  const migrating = migrate(databaseUrl, say);
  migrating.catch(() => undefined); // awaited below, once the simulator is up
  const simulator = plan.simulator && (await startSimulator(plan.simulator, patienceMs, env, logs, stack, say));
  await migrating;

  const settings: NodeJS.ProcessEnv = {
    SESSION_SECRET: secrets.sessionSecret,
    ENCRYPTION_KEY: secrets.encryptionKey,
    PUBLIC_URL: `http://${LOOPBACK}:${plan.port}`,
    ...env,
    NODE_ENV: 'development',
    HOST: LOOPBACK,
    PORT: String(plan.port),
    DATABASE_URL: databaseUrl,
    WEB_DIR,
    ...simulator?.settings,
  };
  const tenants = await planDemoTenants(plan.dataDir, simulator?.ready.tenants, plan.demoPassword);
  const users = await seed(plan.dataDir, tenants, settings, logs('demo-seed'));
  say(`Queues wait in ${plan.redisUrl === undefined ? 'PostgreSQL' : 'Redis (REDIS_URL)'}.`);

  const servers = [workerProcess(settings, logs('worker'), say), apiProcess(settings, plan.port, logs('api'), say)];
  servers.forEach((server) => stack.add(server));
  await Promise.all(servers.map((server) => server.start()));
  tellReady(plan, tenants, users, say);
}

async function embeddedDatabase(plan: StartPlan, logFile: string, stack: Stack, say: Say): Promise<string> {
  const database = await startEmbeddedDatabase(plan.dataDir, logFile, (server) => stack.add(server), say);
  say(`PostgreSQL 18 is running, embedded, on port ${database.port}.`);
  return database.url;
}

async function migrate(databaseUrl: string, say: Say): Promise<void> {
  try {
    const names = await migrateUp(databaseUrl);
    say(names.length === 0 ? 'The database is up to date.' : `The database took ${names.length} migrations.`);
  } catch (error) {
    throw new StartError(`The database could not be migrated: ${wordsOf(error)}.`, { cause: error });
  }
}

async function startSimulator(
  plan: SimulatorPlan,
  patienceMs: number,
  env: NodeJS.ProcessEnv,
  logs: (name: string) => string,
  stack: Stack,
  say: Say,
): Promise<{ settings: NodeJS.ProcessEnv; ready: SimulatorReady }> {
  const { port, controlPort, moved } = await claimSimulatorPorts(plan, patienceMs);
  let ready: SimulatorReady | undefined;
  const logFile = logs('graph-simulator');
  const simulator = new ManagedProcess(
    {
      name: 'the Graph simulator',
      launch: () =>
        launchNode({
          script: 'start/simulator-process.js',
          env: {
            ...env,
            GRAPH_SIMULATOR_PORT: String(port),
            GRAPH_SIMULATOR_CONTROL_PORT: String(controlPort),
            GRAPH_SIMULATOR_DATA: plan.dataDir ?? '',
            GRAPH_SIMULATOR_DEMO: plan.demo ?? '',
            GRAPH_SIMULATOR_ADMIN_INTERVAL: String(plan.adminSeconds ?? ''),
          },
          logFile,
        }),
      ready: async (child, signal) => {
        ready = await messageOf(child, isSimulatorReady, signal);
      },
      stopSignal: 'SIGTERM',
      killSignal: 'SIGKILL',
      stopPatienceMs: 5_000,
      echoesErrors: true,
      logFile,
    },
    say,
  );
  stack.add(simulator);
  await simulator.start();
  if (ready === undefined) throw new StartError('The Graph simulator did not say what it serves.');
  const names = ready.tenants.map(({ name }) => name).join(', ');
  say(
    `Microsoft Graph is simulated on port ${port} (control ${controlPort}${moved ? '; the usual ports are taken' : ''}): ${names}.`,
  );
  if (plan.adminSeconds !== undefined) {
    say('A simulated admin edits its policies now and then, once they have been read (GRAPH_SIMULATOR_ADMIN=off).');
  }
  ready.unreadable.forEach(({ file, reason }) => say(`Left out of the simulator: ${file}: ${reason}`));
  const origin = `http://${LOOPBACK}:${port}`;
  return {
    // MSAL takes no authority over plain HTTP; the login's origin says where its requests really go.
    settings: { GRAPH_ORIGIN: origin, LOGIN_ORIGIN: origin, LOGIN_AUTHORITY: 'https://login.sim.local' },
    ready,
  };
}

async function seed(
  dataDir: string,
  tenants: DemoTenant[],
  env: NodeJS.ProcessEnv,
  logFile: string,
): Promise<DemoUser[]> {
  const child = launchNode({ script: 'start/demo-seed.js', env, logFile });
  const giveUp = new AbortController();
  const failed = once(child, 'exit').then(() => {
    throw new StartError(`The demo tenants could not be made; ${logFile} says why.`);
  });
  failed.catch(() => undefined); // it also ends when all went well
  child.send(tenants);
  try {
    const { tenantIds } = await Promise.race([messageOf(child, isDemoSeeded, giveUp.signal), failed]);
    return await keepDemoUsers(dataDir, tenants, tenantIds);
  } finally {
    giveUp.abort();
  }
}

/** The folder of this start's logs; the logs of the start before stay beside them as `<name>.log.1`. */
async function freshLogs(dataDir: string): Promise<(name: string) => string> {
  const folder = path.join(dataDir, 'logs');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of ['postgres', 'graph-simulator', 'demo-seed', 'worker', 'api']) {
    const file = path.join(folder, `${name}.log`);
    await rename(file, `${file}.1`).catch(() => undefined); // there is none the first time
  }
  return (name) => path.join(folder, `${name}.log`);
}

function tellReady(plan: StartPlan, tenants: readonly DemoTenant[], users: readonly DemoUser[], say: Say): void {
  const nameOf = new Map(tenants.flatMap(({ name, members }) => members.map(({ email }) => [email, name])));
  say('');
  say(`Ready: http://${LOOPBACK}:${plan.port}`);
  say('Sign in as one of these (they are kept in demo-users.json):');
  for (const { email, password, role } of users) {
    say(`  ${email.padEnd(26)} ${password.padEnd(18)} ${role} of ${nameOf.get(email) ?? ''}`);
  }
  say('Press Ctrl-C to stop.');
}
