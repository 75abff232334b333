import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { ChannelsApp } from './channels-app.js';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

describe('the worker process', () => {
  let app: ChannelsApp;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await startWebhookReceiver();
    app = await ChannelsApp.start({ loop: true });
  });
  afterAll(() => receiver?.close());

  it('delivers by itself, also what came in while it was at work, and gives back the rest when it stops', async () => {
    const { Owner: owner } = app.contoso;
    const { id } = await app.webhook(`${receiver.origin}/`);
    await app.end(...Array.from({ length: 7 }, () => ({ tenantId: owner.tenantId })));
    await eventually(async () => receiver.received.length === 7 || undefined);

    receiver.answer = () => undefined;
    await app.end({ tenantId: owner.tenantId });
    await eventually(async () => receiver.received.length === 8 || undefined);
    await app.app.close();
    const left = (await app.deliveries(id)).filter((delivery) => delivery['state'] !== 'delivered');
    expect(left).toMatchObject([{ state: 'pending', attempts: 0, lease_expires_at: null }]);
    await app.db.close();
  });
});
