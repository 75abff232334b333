import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Metrics } from '../../../src/platform/metrics/metrics.js';
import { parseMetrics, valueOf } from '../platform/prometheus-text.js';
import { ChannelsApp } from './channels-app.js';
import { startSmtpReceiver, type SmtpReceiver } from './smtp-receiver.js';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

// Real here: PostgreSQL, the outbox, HTTP and SMTP. Replaced: the engine, whose facts the test tells.

describe('the metrics of deliveries', () => {
  let app: ChannelsApp;
  let receiver: WebhookReceiver;
  let smtp: SmtpReceiver;
  beforeAll(async () => {
    receiver = await startWebhookReceiver();
    smtp = await startSmtpReceiver();
    app = await ChannelsApp.start({
      settings: { mail: { smtpUrl: smtp.url, from: 'TenantAtlas <atlas@example.test>' } },
    });
  });
  afterAll(async () => {
    await app?.close();
    await receiver?.close();
    await smtp?.close();
  });

  async function counted(channel: string): Promise<Record<string, number>> {
    const series = parseMetrics(await app.app.get(Metrics, { strict: false }).text());
    const attempts = 'tenantatlas_notification_attempts_total';
    const results = series.filter(({ name, labels }) => name === attempts && labels.channel === channel);
    return Object.fromEntries(
      results.map(({ labels }) => [labels.result ?? '', valueOf(series, attempts, labels) ?? 0]),
    );
  }

  const end = (): Promise<string[]> => app.end({ tenantId: app.contoso.Owner.tenantId });

  it('count what was delivered, is tried again and was given up, by the kind of the channel', async () => {
    await app.webhook(`${receiver.origin}/`);
    await end();
    await app.deliver();
    expect(await counted('webhook')).toEqual({ delivered: 1 });

    receiver.answer = (response) => response.writeHead(503).end();
    await end();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await app.deliver();
      await app.passTime();
    }
    expect(await counted('webhook')).toEqual({ delivered: 1, retried: 2 });

    receiver.answer = (response) => response.writeHead(410).end();
    await app.deliver();
    expect(await counted('webhook')).toEqual({ delivered: 1, retried: 2, given_up: 1 });

    const mail = { kind: 'email', name: 'Mail', recipients: ['one@example.test'], outcomes: ['all'] };
    await app.contoso.Owner.post(app.path(), mail).expect(201);
    receiver.answer = (response) => response.writeHead(204).end();
    await end();
    await app.deliver();
    expect([await counted('webhook'), await counted('email')]).toEqual([
      { delivered: 2, retried: 2, given_up: 1 },
      { delivered: 1 },
    ]);
  });

  it('count nothing for an attempt that was given back, or whose delivery another process has taken', async () => {
    await app.db.database.query('DELETE FROM notification_channels');
    await app.webhook(`${receiver.origin}/`);
    const before = await counted('webhook');
    const stop = new AbortController();
    receiver.answer = () => stop.abort();
    await end();
    await Promise.all(await app.begin(stop.signal));
    expect(await counted('webhook')).toEqual(before);

    receiver.answer = (response) => {
      void app.db.database
        .query(`UPDATE notification_deliveries SET attempts = attempts + 1 WHERE state = 'pending'`)
        .then(() => response.writeHead(204).end());
    };
    await app.deliver();
    expect(app.logged).toContainEqual(expect.stringContaining('was claimed by another process meanwhile'));
    expect(await counted('webhook')).toEqual(before);
  });
});
