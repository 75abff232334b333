import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MonitoringApp } from '../operations/monitoring-app.js';
import { expectProblem } from './expect-problem.js';

// Real here: the API, a worker, PostgreSQL with the error codes of a server that has nothing left. Replaced: the disk, whose
// fullness a trigger or a statement reports; and the handler's work.

let app: MonitoringApp;

beforeAll(async () => {
  app = await MonitoringApp.start();
  await app.db.database.query(
    `CREATE FUNCTION find_the_disk_full() RETURNS trigger LANGUAGE plpgsql
     AS $$ BEGIN RAISE disk_full USING MESSAGE = 'could not extend file "base/1/hunter2"'; END $$`,
  );
});
afterAll(() => app?.close());

const fill = (table: string): Promise<unknown> =>
  app.db.database.query(
    `CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON ${table} EXECUTE FUNCTION find_the_disk_full()`,
  );
const empty = (table: string): Promise<unknown> => app.db.database.query(`DROP TRIGGER full_disk ON ${table}`);

describe('a database that has nothing left to write with', () => {
  it('is no fault of the request, which may come again', async () => {
    const create = () => app.contoso.Manager.post('/backup-sets', { name: 'Weekly' });
    await fill('backup_sets');
    const answer = await create();
    expectProblem(answer, 503, 'database.full');
    expect(answer.headers['retry-after']).toBe('60');
    expect(answer.text).not.toContain('hunter2');
    await empty('backup_sets');
    expect((await create()).status).toBe(201);
  });

  it('is told, too, where a library speaks to it', async () => {
    const signIn = () =>
      app.anonymous().post('/api/v1/auth/login').send({ email: 'nobody@contoso.example', password: 'wrong password' });
    await fill('sign_in_attempts');
    const answer = await signIn();
    expectProblem(answer, 503, 'database.full');
    expect(answer.headers['retry-after']).toBe('60');
    await empty('sign_in_attempts');
    expectProblem(await signIn(), 401, 'auth.invalid_credentials');
  });

  it.each([
    ['disk_full', 'database.full'],
    ['out_of_memory', 'database.exhausted'],
    ['configuration_limit_exceeded', 'database.exhausted'],
  ])('ends a run that meets %s with what whoever runs the database is to do', async (condition, code) => {
    const run = await app.work(app.contoso.Operator, condition, async () => {
      await app.db.database.query(`DO $$ BEGIN RAISE ${condition} USING MESSAGE = 'hunter2'; END $$`);
      return { stop: 'finished' };
    });
    expect(run).toMatchObject({ outcome: 'failed', failureSummary: [{ code, count: 1 }] });
    expect(JSON.stringify(run.failureSummary)).toMatch(/Have whoever runs it /);
    expect(JSON.stringify(run)).not.toContain('hunter2');
  });
});
