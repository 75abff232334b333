import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConnectedApp } from './connected-app.js';
import type { TestDatabase } from '../../support/test-database.js';

const IN_ENVIRONMENT = 'Env~secret.of.the.installation';

let connected: ConnectedApp;
const written: string[] = [];
beforeAll(async () => {
  connected = await ConnectedApp.start({ GRAPH_CREDENTIAL_SHARED: IN_ENVIRONMENT });
  const keep = (...what: unknown[]): void => void written.push(what.map(String).join(' '));
  connected.tenancy.app.useLogger({ log: keep, error: keep, warn: keep, debug: keep, verbose: keep, fatal: keep });
});
afterAll(() => connected.close());

/** Every row of every table, as text. */
async function dump({ database }: TestDatabase): Promise<string> {
  const tables = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const [row] = await database.query<{ text: string | null }>(
      `SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`,
    );
    texts.push(row?.text ?? '');
  }
  return texts.join('\n');
}

describe('a credential', () => {
  it('stands in no answer, no log and no row, however its test ends', async () => {
    const { works, expired, certified, certificate } = connected.directory;
    const keyLine = certificate.privateKeyPem.split('\n')[3] ?? '';
    const app = (given: { clientId: string; clientSecret: string }): object => ({
      clientId: given.clientId,
      kind: 'secret',
      secret: given.clientSecret,
    });
    const answers: string[] = [];
    for (const given of [
      app(works),
      app(expired),
      app({ ...expired, clientSecret: works.clientSecret }),
      { clientId: certified.clientId, kind: 'certificate', ...certificate },
      { clientId: works.clientId, kind: 'secret', environmentVariable: 'GRAPH_CREDENTIAL_SHARED' },
      { ...app(works), privateKeyPem: certificate.privateKeyPem },
      { clientId: works.clientSecret, kind: 'secret', secret: works.clientSecret },
      {
        clientId: certified.clientId,
        kind: 'certificate',
        certificatePem: certificate.privateKeyPem,
        privateKeyPem: 'x',
      },
    ]) {
      const set = await connected.set(given);
      const test = await connected.test();
      const shown = await connected.call('get');
      answers.push(...[set, test, shown].map(({ text, headers }) => text + JSON.stringify(headers)));
    }
    await connected.set(app(works)).expect(200);
    await connected.tenancy.db.database.query(`UPDATE graph_connections SET kind = 'certificate'`);
    const confused = await connected.test();
    expect(confused.body.code).toBe('credential_unreadable');
    answers.push(confused.text);
    const rows = await dump(connected.tenancy.db);
    expect(rows).toContain('graph_connection.test');
    for (const secret of [works.clientSecret, expired.clientSecret, IN_ENVIRONMENT, keyLine]) {
      expect(secret.length).toBeGreaterThan(20);
      for (const place of [answers.join('\n'), written.join('\n'), rows]) {
        expect(place).not.toContain(secret);
        expect(place).not.toContain(Buffer.from(secret).toString('hex'));
        expect(place).not.toContain(encodeURIComponent(secret));
      }
    }
  });
});
