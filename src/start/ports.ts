import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type AddressInfo } from 'node:net';
import type { SimulatorPlan } from './start-plan.js';
import { StartError } from './start-error.js';

/** The one interface that anything of ours listens on here. */
export const LOOPBACK = '127.0.0.1';

/** Whether nobody listens on `port`. Throws {@link StartError} when this account may not listen there at all. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await probe(port);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return false;
    throw new StartError(`Port ${port} is not for this account to listen on; choose one above 1023.`, { cause: error });
  }
}

/** A port that was free a moment ago. */
export function anyFreePort(): Promise<number> {
  return probe(0);
}

/**
 * Throws {@link StartError} that names the port and its variable when the port is taken. `patienceMs` is how long to
 * wait for processes of a killed start to let go.
 */
export async function claimPort(port: number, variable: string, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  while (!(await isFree(port))) {
    if (Date.now() >= until) {
      throw new StartError(`Port ${port} is taken by another program; set ${variable} to a free one.`);
    }
    await sleep(200);
  }
}

/** The simulator's two ports: the planned ones, or for a second copy the next free pair. */
export async function claimSimulatorPorts(
  plan: SimulatorPlan,
  patienceMs: number,
): Promise<{ port: number; controlPort: number; moved: boolean }> {
  const { port, controlPort } = plan;
  if (!plan.portsAreFlexible) {
    await claimPort(port, 'GRAPH_SIMULATOR_PORT', patienceMs);
    await claimPort(controlPort, 'GRAPH_SIMULATOR_CONTROL_PORT', patienceMs);
    return { port, controlPort, moved: false };
  }
  for (let next = port; next < port + 200; next += 2) {
    if ((await isFree(next)) && (await isFree(next + 1)))
      return { port: next, controlPort: next + 1, moved: next !== port };
  }
  throw new StartError(`No free ports were found for the simulator from ${port} on; set GRAPH_SIMULATOR_PORT.`);
}

function probe(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      const { port: got } = server.address() as AddressInfo;
      server.close(() => resolve(got));
    });
  });
}
