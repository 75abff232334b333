import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** One process of the built product, to be killed, frozen and thawed. */
export interface ProductProcess {
  pid: number;
  /** Resolves once it says that it is ready. */
  ready: Promise<void>;
  /** Sends a signal and does not wait. */
  signal(signal: NodeJS.Signals): void;
  /** Ends it and waits for that; a frozen one is thawed or killed. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** How it is started, where that is not as from the project's own directory. */
export interface ProductStart {
  cwd?: string;
  /** Nobody reads what it writes, as after `| head -1`. */
  unread?: boolean;
}

/** Starts `dist/src/<script>`; what it writes is shown when it dies before it is ready. */
export function startProduct(
  script: 'main.js' | 'worker.js',
  env: Record<string, string>,
  { cwd = ROOT, unread = false }: ProductStart = {},
): ProductProcess {
  const child: ChildProcess = spawn(process.execPath, [path.join(ROOT, 'dist/src', script)], {
    cwd,
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'development', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let words = '';
  child.stdout?.on('data', (chunk: Buffer) => (words += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()));
  if (unread) for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (message === 'ready') resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${script} ended before it was ready; is it built?\n${words}`)));
  });
  ready.catch(() => undefined); // whoever waits for it is told; a process that is killed before has nobody waiting
  return {
    pid: child.pid ?? 0,
    ready,
    signal: (signal) => void child.kill(signal),
    end: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGCONT');
        child.kill(signal);
      }
      await exited;
    },
  };
}
