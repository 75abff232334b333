#!/usr/bin/env node
// Drives `npm start` as a stranger would: an empty data directory, the black-box check of ../shared over HTTP, Ctrl-C, and
// a second start on the same data. Once on the default transport, and once on Redis where redis-server is installed.
// Usage: npm run acceptance [-- --transport postgres|redis]
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Checks } from './checks.mjs';
import { freePorts, runScript, startApplication, startRedis } from './processes.mjs';

const SCRIPT = path.resolve(import.meta.dirname, '../../../shared/acceptance/main-job.mjs');
const TRANSPORTS = ['postgres', 'redis'];

const { values: options } = parseArgs({ options: { transport: { type: 'string' } } });
const transports = options.transport === undefined ? TRANSPORTS : [options.transport];
if (!transports.every((transport) => TRANSPORTS.includes(transport))) {
  console.error('Usage: npm run acceptance [-- --transport postgres|redis]');
  process.exit(2);
}
const checks = new Checks();
if (existsSync(SCRIPT)) {
  for (const transport of transports) await accept(transport);
} else {
  checks.skip('the acceptance, because there is no ../shared/acceptance');
}
if (process.env.TEST_TOTALS) await writeFile(process.env.TEST_TOTALS, JSON.stringify(checks.totals()));
console.log(checks.sentence());
process.exitCode = checks.failed > 0 ? 1 : 0;

async function accept(transport) {
  const redis = transport === 'redis' ? await startRedis() : undefined;
  if (transport === 'redis' && redis === undefined) {
    const words = 'the acceptance on Redis, because redis-server is not installed';
    if (process.env.CI === 'true') checks.check(words, false);
    else checks.skip(words);
    return;
  }
  console.log(`\nAcceptance on ${transport}`);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tenantatlas-acceptance-'));
  try {
    await drive(dataDir, redis);
    await rm(dataDir, { recursive: true, force: true });
  } catch (error) {
    checks.check(`the run on ${transport} comes to its end`, false, String(error?.message ?? error));
    console.log(`What it left is in ${dataDir}.`);
  } finally {
    await redis?.stop();
  }
}

async function drive(dataDir, redis) {
  const [port, simulatorPort, controlPort] = await freePorts(3);
  const env = {
    ...process.env,
    CI: undefined,
    NODE_ENV: undefined,
    DATABASE_URL: undefined,
    GRAPH_SIMULATOR: undefined,
    GRAPH_SIMULATOR_DATA: undefined,
    GRAPH_SIMULATOR_ADMIN: 'off',
    PORT: String(port),
    DATA_DIR: dataDir,
    GRAPH_SIMULATOR_PORT: String(simulatorPort),
    GRAPH_SIMULATOR_CONTROL_PORT: String(controlPort),
    REDIS_URL: redis?.url,
  };
  const baseUrl = `http://127.0.0.1:${port}`;
  const first = await startApplication(env);
  checks.check('npm start is ready on an empty data directory', first.ready, first.words());
  if (!first.ready) return;
  try {
    const args = ['--base-url', baseUrl, '--control-url', `http://127.0.0.1:${controlPort}`];
    const output = await runScript(SCRIPT, [...args, '--users', path.join(dataDir, 'demo-users.json')]);
    checks.add(output);
  } finally {
    await first.stop();
    checks.check('Ctrl-C stops it cleanly', /^Stopped\.$/m.test(first.words()), first.words());
  }
  const second = await startApplication(env);
  checks.check('it starts again on the same data', second.ready, second.words());
  if (second.ready) await second.stop();
}
