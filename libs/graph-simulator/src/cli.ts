import { parseArgs } from 'node:util';
import { createGraphSimulator } from './graph-simulator.js';
import { PortUnavailable } from './http/http-listener.js';
import { FolderUnreadable } from './store/export-folder.js';

const USAGE = 'Usage: npm run graph-simulator -- --port 4100 [--data DIR] [--control-port 4101] [--host 127.0.0.1]';

/** A wrong argument; the message is a sentence. */
class UsageError extends Error {}

function readPort(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65535)
    throw new UsageError(`--${name} has to be a port number from 0 to 65535, not '${text}'.`);
  return port;
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        'control-port': { type: 'string' },
        data: { type: 'string' },
        host: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} ${USAGE}`);
  }
}

async function main(): Promise<void> {
  const values = readArguments();
  if (values.help === true) {
    console.log(USAGE);
    return;
  }
  const simulator = createGraphSimulator({
    port: readPort(values.port, 'port') ?? 4100,
    controlPort: readPort(values['control-port'], 'control-port'),
    dataDir: values.data,
    host: values.host,
    log: (line) => console.error(line),
  });
  const started = await simulator.start();
  console.log(`Microsoft Graph and Entra login: ${started.graphOrigin} (authority ${started.loginAuthority})`);
  console.log(`Control API: ${started.controlOrigin}`);
  for (const tenant of started.tenants) {
    console.log(
      `Tenant ${tenant.name} (${tenant.entraTenantId}): ${tenant.objects.length} policies, ${tenant.groups.length} groups`,
    );
    for (const app of tenant.apps) console.log(`  app ${app.clientId}, secret ${app.clientSecret}`);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close().then(() => process.exit(0)));
  }
}

try {
  await main();
} catch (error) {
  const expected = error instanceof UsageError || error instanceof PortUnavailable || error instanceof FolderUnreadable;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
}
