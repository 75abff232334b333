import { setTimeout as sleep } from 'node:timers/promises';
import { ManagedProcess } from './managed-process.js';
import { launchNode, messageOf, type NodeProcessSpec } from './node-process.js';
import { LOOPBACK } from './ports.js';
import type { Say } from './say.js';

/** Longer than a run's handler is given to stop at a shutdown. */
const STOP_PATIENCE_MS = 20_000;

/**
 * As `npm run start:worker` has it. A sync keeps some 70 MB alive however large its tenant is; without a limit V8 lets
 * several times as much garbage lie on a machine that has the memory.
 */
const WORKER_FLAGS = ['--max-old-space-size=512', '--max-semi-space-size=8'];

/** The API process; ready when `/health/ready` says so. */
export function apiProcess(
  env: NodeJS.ProcessEnv,
  port: number,
  logFile: string | undefined,
  say: Say,
): ManagedProcess {
  return serverProcess('the API', { script: 'main.js', env }, logFile, say, (_child, signal) =>
    untilHealthy(port, signal),
  );
}

/** The worker process; ready when it says so. */
export function workerProcess(env: NodeJS.ProcessEnv, logFile: string | undefined, say: Say): ManagedProcess {
  const isReady = (message: unknown): message is 'ready' => message === 'ready';
  return serverProcess(
    'the worker',
    { script: 'worker.js', env, flags: WORKER_FLAGS },
    logFile,
    say,
    async (child, signal) => {
      await messageOf(child, isReady, signal);
    },
  );
}

function serverProcess(
  name: string,
  node: NodeProcessSpec,
  logFile: string | undefined,
  say: Say,
  ready: ConstructorParameters<typeof ManagedProcess>[0]['ready'],
): ManagedProcess {
  const log = logFile === undefined ? {} : { logFile };
  return new ManagedProcess(
    {
      name,
      launch: () => launchNode({ ...node, ...log }),
      ready,
      stopSignal: 'SIGTERM',
      killSignal: 'SIGKILL',
      stopPatienceMs: STOP_PATIENCE_MS,
      echoesErrors: true,
      ...log,
    },
    say,
  );
}

async function untilHealthy(port: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    const healthy = await fetch(`http://${LOOPBACK}:${port}/health/ready`, { signal }).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await sleep(100, undefined, { signal });
  }
}
