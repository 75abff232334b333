import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aTenant } from '../../support/builders.js';
import { startApp, type RunningApp } from '../../support/running-app.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/test-database.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

/** `npm run ops -- <args>` as a process of its own, to its end, with nothing of the environment but what is given. */
function ops(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  whenSaid?: (out: string, kill: (signal: NodeJS.Signals) => void) => void,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'dist/src/ops.js'), ...args], {
      cwd: tmpdir(),
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      whenSaid?.(out, (signal) => child.kill(signal));
    });
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, errors }));
  });
}

describe('npm run ops, against a database', () => {
  let db: TestDatabase;
  let directory: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    directory = await mkdtemp(path.join(tmpdir(), 'tenantatlas-ops-'));
  });

  afterAll(async () => {
    await db.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('needs DATABASE_URL alone, finds a fresh database healthy, and leaves no connection open', async () => {
    const { code, out, errors } = await ops(['doctor', '--deep'], { DATABASE_URL: db.url, NODE_ENV: 'production' });
    expect(errors).toBe('');
    expect(out).toMatch(/inventory +0 +0 +0 +0 +0 +0 +0\n[^]*Healthy: rows and transport agree\.\n$/);
    expect(code).toBe(0);
    // An autovacuum worker that is just in the database belongs to nobody of this spec.
    const left = await db.database.query(
      `SELECT application_name FROM pg_stat_activity
       WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`,
    );
    expect(left.filter((session) => !JSON.stringify(session).includes('tenantatlas-test'))).toEqual([]);
  });

  it.each([
    ['a word that is none', ['cure'], 'There is no command "cure". "npm run ops -- help" says what there is.'],
    [
      'an option of another command',
      ['runs', '--repair'],
      'runs takes no --repair. "npm run ops -- help" says what there is.',
    ],
  ])('says what is wrong with %s', async (_, args, sentence) => {
    expect(await ops(args, { DATABASE_URL: db.url })).toEqual({ code: 2, out: '', errors: `${sentence}\n` });
  });

  it.each([
    ['nobody listens', (url: URL) => (url.port = '1'), /^The database does not answer; check [^\n]*\n$/],
    [
      'the password is wrong',
      (url: URL) => (url.password = 'open sesame'),
      /^The database refuses the user or the password of DATABASE_URL\.\n$/,
    ],
    [
      'the database is not there',
      (url: URL) => (url.pathname = '/nowhere'),
      /^The database that DATABASE_URL names does not exist\.\n$/,
    ],
  ])('says in one sentence that %s', async (_, change, sentence) => {
    const url = new URL(db.url);
    change(url);
    const { code, out, errors } = await ops(['doctor'], { DATABASE_URL: url.href });
    expect(errors).toMatch(sentence);
    expect(errors).not.toContain(url.password);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('says in one sentence that migrations are missing', async () => {
    const empty = await createEmptyDatabase();
    const { code, errors } = await ops(['runs'], { DATABASE_URL: empty.url });
    await empty.close();
    expect(errors).toBe('The database lacks migrations of this version; run npm run migrate -- up.\n');
    expect(code).toBe(2);
  });

  it('says in one sentence that Redis is away', async () => {
    const { code, out, errors } = await ops(['doctor', '--repair'], {
      DATABASE_URL: db.url,
      REDIS_URL: 'redis://127.0.0.1:1',
    });
    expect(errors).toBe('Redis does not answer; check that it runs and that REDIS_URL leads to it.\n');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('says that a setting is wrong, and does not show it', async () => {
    const { code, errors } = await ops(['runs'], { DATABASE_URL: 'mysql://root:hunter2@db' });
    expect(errors).toBe('DATABASE_URL must be a URL that begins with postgres:// or postgresql://.\n');
    expect(code).toBe(2);
  });

  it('says that there is no database where nothing was ever started', async () => {
    const { code, errors } = await ops(['doctor'], { DATA_DIR: directory });
    expect(errors).toBe(`DATABASE_URL is not set, and npm start keeps no database in ${directory}.\n`);
    expect(code).toBe(2);
  });

  it('says that nothing runs where npm start once did', async () => {
    const kept = { port: 1, directory, superuserPassword: 'hunter1', applicationPassword: 'hunter2' };
    await writeFile(path.join(directory, 'postgres.json'), JSON.stringify(kept));
    const { code, errors } = await ops(['doctor'], { DATA_DIR: directory });
    expect(errors).toBe(`Nothing runs in ${directory}; start it with npm start, or set DATABASE_URL.\n`);
    expect(code).toBe(2);
  });

  it('leaves quietly at Ctrl-C', async () => {
    const tenant = await aTenant(db.database);
    const [run] = await db.database.query<{ id: string }>(
      `INSERT INTO operation_runs (tenant_id, initiator_name, type, run_identity_hash, payload, correlation_id)
       VALUES ($1, 'Ada', 'inventory.sync', sha256('one'), '{}', 'one') RETURNING id`,
      [tenant.id],
    );
    const followed = await ops(['run', run?.id ?? '', '--follow'], { DATABASE_URL: db.url }, (out, kill) => {
      if (out.includes('Queued')) kill('SIGINT');
    });
    expect(followed).toMatchObject({ code: 130, errors: '' });
  });
});

describe('npm run ops, against npm start', () => {
  let app: RunningApp | undefined;

  afterAll(() => app?.stop());

  it('finds the embedded database by itself, follows a run to its end, and finds all in order', async () => {
    app = await startApp();
    const env = { DATA_DIR: app.dataDir };
    const run = await startSync(app);
    const followed = await ops(['run', run, '--follow'], env);
    expect(followed).toMatchObject({ code: 0, errors: '' });
    expect(followed.out).toMatch(new RegExp(`^Run ${run} {2}Inventory sync[^]* {2}Succeeded {2}`));

    const listed = await ops(['runs', '--tenant', 'Contoso', '--json'], env);
    expect(JSON.parse(listed.out)).toMatchObject([{ id: run, bucket: 'Succeeded', tenant: { name: 'Contoso' } }]);

    const doctor = await ops(['doctor', '--json', '--deep'], env);
    expect(JSON.parse(doctor.out)).toMatchObject({ healthy: true, transport: 'PostgreSQL', totals: [] });
    const { queues } = JSON.parse(doctor.out) as { queues: { queue: string; listeners: number }[] };
    expect(queues.map(({ listeners }) => listeners)).toEqual(queues.map(() => 1));
  });
});

/** Starts an inventory sync over HTTP, as a person does; answers the run's id. */
async function startSync({ url, users }: RunningApp): Promise<string> {
  const owner = users.find(({ role }) => role === 'Owner');
  if (!owner) throw new Error('There is no owner to sign in as.');
  const headers = { 'content-type': 'application/json', origin: url };
  const signedIn = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: owner.email, password: owner.password }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const answer = await fetch(`${url}/api/v1/tenants/${owner.tenantId}/inventory/sync`, {
    method: 'POST',
    headers: { ...headers, cookie },
    body: '{}',
  });
  const { run } = (await answer.json()) as { run: { id: string } };
  return run.id;
}
