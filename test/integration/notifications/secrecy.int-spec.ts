import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChannelsApp } from './channels-app.js';
import { startSmtpReceiver, type SmtpReceiver } from './smtp-receiver.js';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

describe('what channels hold and receivers say', () => {
  let app: ChannelsApp;
  let receiver: WebhookReceiver;
  let smtp: SmtpReceiver;
  const password = `smtp${randomBytes(12).toString('hex')}`;

  beforeAll(async () => {
    [receiver, smtp] = [await startWebhookReceiver(), await startSmtpReceiver()];
    const smtpUrl = smtp.url.replace('smtp://', `smtp://user:${password}@`);
    app = await ChannelsApp.start({ settings: { mail: { smtpUrl, from: 'atlas@example.test' }, logLevel: 'verbose' } });
  });
  afterAll(async () => {
    await app?.close();
    await Promise.all([receiver?.close(), smtp?.close()]);
  });

  /** Every row of every table, as text. */
  async function everyRow(): Promise<string> {
    const tables = await app.db.database.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const rows = tables.map(({ name }) =>
      app.db.database.query<{ rows: string | null }>(
        `SELECT string_agg(to_jsonb(t)::text, ' ') AS rows FROM ${name} t`,
      ),
    );
    return (await Promise.all(rows)).map(([row]) => row?.rows ?? '').join('\n');
  }

  const token = fc
    .uint8Array({ minLength: 12, maxLength: 12 })
    .map((bytes) => `tok${Buffer.from(bytes).toString('hex')}`);
  const status = fc.constantFrom(200, 302, 400, 401, 404, 410, 429, 500, 503, 0);

  it('never get into an answer, a log line or a row', async () => {
    const { Owner: owner } = app.contoso;
    const secrets = [password];
    const answers: string[] = [];
    await fc.assert(
      fc.asyncProperty(token, token, token, status, async (inPath, inQuery, said, answered) => {
        secrets.push(inPath, inQuery, said);
        receiver.answer = (response) => {
          const headers = { location: `http://127.0.0.1/${said}`, 'www-authenticate': said, 'set-cookie': said };
          if (answered === 0) response.destroy();
          else response.writeHead(answered, headers).end(`{"error": "${said}"}`);
        };
        smtp.refuse = (command) => (command.startsWith('MAIL') ? `550 password=${said}` : undefined);
        const { id, secret } = await app.webhook(`${receiver.origin}/${inPath}?sig=${inQuery}`);
        const rotated = await owner.post(app.path(`/${id}/rotate-secret`)).expect(200);
        secrets.push(secret, rotated.body.secret as string);
        const mail = { kind: 'email', name: 'Mail', recipients: ['one@example.test'], outcomes: ['all'] };
        const mailId = (await owner.post(app.path(), mail).expect(201)).body.id as string;
        await app.end({ tenantId: owner.tenantId, member: owner });
        await app.deliver();
        const looks = [
          owner.get(app.path()),
          owner.patch(app.path(`/${id}`), { name: 'Renamed' }),
          owner.patch(app.path(`/${id}`), { url: `http://10.0.0.1/${inPath}` }),
          owner.post(app.path(`/${id}/test`)),
          owner.post(app.path(`/${mailId}/test`)),
          owner.get(app.path(`/${id}/deliveries`)),
          owner.get(`/tenants/${owner.tenantId}/audit-log?limit=100`),
          owner.get('/notifications?limit=100'),
        ];
        for (const look of looks) answers.push((await look).text);
        await owner.delete(app.path(`/${mailId}`)).expect(204);
        await app.db.database.query('DELETE FROM notification_channels WHERE id <> $1', [id]);
      }),
      { numRuns: 20 },
    );
    const shown = { answers: answers.join('\n'), logged: app.logged.join('\n'), rows: await everyRow() };
    expect(receiver.received.length).toBeGreaterThan(20);
    for (const [where, text] of Object.entries(shown)) {
      expect({ where, found: secrets.filter((secret) => text.includes(secret)) }).toEqual({ where, found: [] });
    }
    for (const secret of secrets) {
      for (const encoding of ['hex', 'base64'] as const) {
        expect(shown.rows).not.toContain(Buffer.from(secret).toString(encoding));
      }
    }
  });
});
