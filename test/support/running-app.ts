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
  stop(): Promise<void>;
}

/** The built product as `npm start` runs it: its own database, simulator, API and worker, on an empty data directory. */
export async function startApp(): Promise<RunningApp> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'tenantatlas-e2e-'));
  const [port, graphPort, controlPort] = [await freePort(), await freePort(), await freePort()];
  const child = spawn(process.execPath, ['dist/src/start.js'], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: {
      ...process.env,
      NODE_ENV: 'development',
      NODE_OPTIONS: '',
      DATA_DIR: dataDir,
      PORT: String(port),
      GRAPH_SIMULATOR_PORT: String(graphPort),
      GRAPH_SIMULATOR_CONTROL_PORT: String(controlPort),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      words += chunk.toString();
      if (words.includes('Press Ctrl-C to stop.')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`The application did not start; is it built?\n${words}`)));
  });
  await ready;
  return {
    url: `http://127.0.0.1:${port}`,
    controlUrl: `http://127.0.0.1:${controlPort}`,
    users: JSON.parse(await readFile(path.join(dataDir, 'demo-users.json'), 'utf8')) as DemoUser[],
    dataDir,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
