import { fork, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';

export interface NodeProcessSpec {
  /** Compiled script, relative to `dist/src`. */
  script: string;
  env: NodeJS.ProcessEnv;
  /** Where its output goes; absent: to the terminal. */
  logFile?: string;
  /** Options of Node itself. */
  flags?: readonly string[];
}

const BUILT = path.resolve(import.meta.dirname, '..');

/**
 * Starts one of our own scripts in a process that ends when this one dies, however it dies. Ctrl-C does not reach it:
 * this process stops its children in their order. Its errors are also shown on the terminal.
 */
export function launchNode({ script, env, logFile, flags = [] }: NodeProcessSpec): ChildProcess {
  const child = fork(path.join(BUILT, script), {
    env,
    execArgv: [...flags, '--enable-source-maps', '--import', path.join(BUILT, 'start/exit-with-parent.js')],
    detached: true,
    stdio: logFile === undefined ? ['ignore', 'inherit', 'inherit', 'ipc'] : ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  if (logFile !== undefined) {
    const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.stderr?.pipe(process.stderr, { end: false });
    child.once('close', () => log.end());
  }
  return child;
}

/** Resolves with the first message that `isExpected` accepts. */
export function messageOf<T>(
  child: ChildProcess,
  isExpected: (message: unknown) => message is T,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const listen = (message: unknown): void => {
      if (!isExpected(message)) return;
      child.off('message', listen);
      resolve(message);
    };
    child.on('message', listen);
    signal.addEventListener('abort', () => {
      child.off('message', listen);
      reject(new Error('gave up waiting'));
    });
  });
}
