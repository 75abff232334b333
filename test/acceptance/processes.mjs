import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** Build included. */
const START_PATIENCE_MS = 240_000;
const STOP_PATIENCE_MS = 60_000;

/** Ports of 127.0.0.1 that were free a moment ago, all different. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** `npm start` in a process group of its own, as a terminal would run it. */
export async function startApplication(env) {
  const child = spawn('npm', ['start'], { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise((resolve) => child.once('close', resolve));
  let output = '';
  let tellReady;
  const said = new Promise((resolve) => (tellReady = resolve));
  const read = (chunk) => {
    output += chunk;
    if (/^Press Ctrl-C to stop\.$/m.test(output)) tellReady(true);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const timer = setTimeout(() => tellReady(false), START_PATIENCE_MS);
  const ready = await Promise.race([said, exited.then(() => false)]);
  clearTimeout(timer);
  const stop = async () => {
    signal(child.pid, 'SIGINT'); // the whole group, as Ctrl-C does
    const force = setTimeout(() => signal(child.pid, 'SIGKILL'), STOP_PATIENCE_MS);
    await exited;
    clearTimeout(force);
  };
  if (!ready) await stop();
  return { ready, stop, words: () => output.trim().split('\n').slice(-25).join('\n') };
}

/** Runs a script to its end, showing its output, and answers it. */
export async function runScript(script, args) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  await once(child, 'close');
  return output;
}

/** A Redis in memory on a free port; undefined where redis-server is not installed. */
export async function startRedis() {
  const [port] = await freePorts(1);
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  const up = await new Promise((resolve, reject) => {
    child.once('error', (error) => (error.code === 'ENOENT' ? resolve(false) : reject(error)));
    child.once('exit', () => reject(new Error(`redis-server did not start.\n${output}`)));
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('Ready to accept connections')) resolve(true);
    });
  });
  if (!up) return undefined;
  const stop = async () => {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  };
  return { url: `redis://127.0.0.1:${port}`, stop };
}

function signal(group, name) {
  try {
    process.kill(-group, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // it has ended already
  }
}
