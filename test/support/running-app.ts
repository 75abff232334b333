import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.js';

export interface DemoUser {
  email: string;
  password: string;
  tenantId: string;
  role: string;
}

export interface RunningApp {
  /** Where the pages and the API are, without a trailing slash. */
  url: string;
  /** The simulator's control API. */
  controlUrl: string;
  users: DemoUser[];
  /** `DATA_DIR` of the start. */
  dataDir: string;
  /** Ends the processes and keeps the data; whoever asks meanwhile gets no answer. */
  halt(): Promise<void>;
  /** Starts them again at the same addresses. */
  resume(): Promise<void>;
  /** Ends them for good. */
  stop(): Promise<void>;
}

/**
 * The built product as `npm start` runs it: its own database, simulator, API and worker, on an empty data directory. What
 * changes in the simulated tenants is what the test changes, unless `settings` says otherwise.
 */
export async function startApp(settings: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'tenantatlas-e2e-'));
  const [port, graphPort, controlPort] = [await freePort(), await freePort(), await freePort()];
  const env = {
    ...process.env,
    NODE_ENV: 'development',
    NODE_OPTIONS: '',
    DATA_DIR: dataDir,
    PORT: String(port),
    GRAPH_SIMULATOR_PORT: String(graphPort),
    GRAPH_SIMULATOR_CONTROL_PORT: String(controlPort),
    GRAPH_SIMULATOR_ADMIN: 'off',
    ...settings,
  };
  let end = await startProcesses(env);
  return {
    url: `http://127.0.0.1:${port}`,
    controlUrl: `http://127.0.0.1:${controlPort}`,
    users: JSON.parse(await readFile(path.join(dataDir, 'demo-users.json'), 'utf8')) as DemoUser[],
    dataDir,
    halt: () => end(),
    resume: async () => {
      end = await startProcesses(env);
    },
    stop: async () => {
      await end();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Resolves when all of it serves, with what ends it. */
async function startProcesses(env: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['dist/src/start.js'], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      words += chunk.toString();
      if (words.includes('Press Ctrl-C to stop.')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`The application did not start; is it built?\n${words}`)));
  });
  return () => {
    child.kill('SIGTERM');
    return exited;
  };
}
