import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { generatedTenant } from './demo/generated/generated-tenants.js';
import { TENANT_SIZES } from './demo/generated/tenant-sizes.js';
import { createGraphSimulator } from './graph-simulator.js';
import { PortUnavailable } from './http/http-listener.js';
import { FolderUnreadable } from './store/export-folder.js';
import type { SeedTenant } from './store/seed-tenant.js';

const USAGE =
  'Usage: npm run graph-simulator -- --port 4100 [--data DIR | --demo smb|mid|enterprise] [--control-port 4101] [--host 127.0.0.1] [--tls-key FILE --tls-cert FILE] [--clock real|virtual] [--admin-interval SECONDS]';

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
        demo: { type: 'string' },
        host: { type: 'string' },
        'tls-key': { type: 'string' },
        'tls-cert': { type: 'string' },
        clock: { type: 'string' },
        'admin-interval': { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} ${USAGE}`);
  }
}

/** Key and certificate, PEM; undefined where neither is named. */
async function readTls(key: string | undefined, cert: string | undefined) {
  if (key === undefined && cert === undefined) return undefined;
  if (key === undefined || cert === undefined) throw new UsageError('--tls-key and --tls-cert go together.');
  try {
    return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  } catch (error) {
    throw new UsageError(
      `The key or certificate cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function readMode(text: string | undefined): 'real' | 'virtual' {
  if (text === undefined || text === 'real') return 'real';
  if (text === 'virtual') return 'virtual';
  throw new UsageError(`--clock has to be real or virtual, not '${text}'.`);
}

/** Without it, nobody edits the tenants. */
function readAdmin(text: string | undefined): { intervalMs: number } | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new UsageError(`--admin-interval has to be a number of seconds, not '${text}'.`);
  return { intervalMs: Number(text) * 1_000 };
}

function readDemo(text: string | undefined): SeedTenant[] | undefined {
  if (text === undefined) return undefined;
  const size = TENANT_SIZES.find((known) => known === text);
  if (size === undefined) throw new UsageError(`--demo has to be one of ${TENANT_SIZES.join(', ')}, not '${text}'.`);
  return [generatedTenant(size)];
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
    tenants: readDemo(values.demo),
    host: values.host,
    tls: await readTls(values['tls-key'], values['tls-cert']),
    clock: { mode: readMode(values.clock) },
    demoAdmin: readAdmin(values['admin-interval']),
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
