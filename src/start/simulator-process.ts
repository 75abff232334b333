import { createGraphSimulator } from '#libs/graph-simulator/src/graph-simulator.js';
import { simulatedTenants } from './simulated-tenants.js';
import { wordsOf } from './start-error.js';
import type { SimulatorReady } from './simulator-messages.js';

/** Serves the simulator on the ports and the data that the parent process put into the environment. */
async function serve(): Promise<void> {
  const { tenants, unreadable } = await simulatedTenants({
    dataDir: process.env.GRAPH_SIMULATOR_DATA,
    demo: process.env.GRAPH_SIMULATOR_DEMO,
  });
  const simulator = createGraphSimulator({
    port: Number(process.env.GRAPH_SIMULATOR_PORT),
    controlPort: Number(process.env.GRAPH_SIMULATOR_CONTROL_PORT),
    tenants,
    ...demoAdmin(process.env.GRAPH_SIMULATOR_ADMIN_INTERVAL),
    log: (line) => process.stdout.write(`${line}\n`),
  });
  process.once('SIGTERM', () => void simulator.close().then(() => process.exit(0)));
  await simulator.start();
  const ready: SimulatorReady = {
    tenants: tenants.flatMap(({ name, entraTenantId, apps: [app] }) =>
      app === undefined ? [] : [{ name, entraTenantId, clientId: app.clientId, clientSecret: app.clientSecret }],
    ),
    unreadable,
  };
  process.send?.(ready);
}

/** @param seconds as the parent process has checked it; empty: nobody edits the tenants */
function demoAdmin(seconds: string | undefined): { demoAdmin?: { intervalMs: number } } {
  return seconds ? { demoAdmin: { intervalMs: Number(seconds) * 1_000 } } : {};
}

serve().catch((error: unknown) => {
  process.stderr.write(`${wordsOf(error)}\n`);
  process.exit(1);
});
