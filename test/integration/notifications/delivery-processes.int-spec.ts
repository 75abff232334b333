import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OutboxRepository } from '../../../src/modules/notifications/data/outbox.repository.js';
import { eventually } from '../../support/eventually.js';
import { ChannelsApp, type Member } from './channels-app.js';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

// Real here: PostgreSQL, the outbox, undici, the receiver's HTTP. Replaced: the engine, whose facts the test tells.

let app: ChannelsApp;
let receiver: WebhookReceiver;
let owner: Member;

beforeAll(async () => {
  app = await ChannelsApp.start();
  owner = app.contoso.Owner;
});
afterAll(() => app?.close());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(async () => {
  await receiver.close();
  await app.db.database.query('DELETE FROM notification_channels');
});

const hook = () => app.webhook(`${receiver.origin}/hook`);
const end = () => app.end({ tenantId: owner.tenantId, member: owner });

describe('the processes that deliver', () => {
  it('make one attempt between them', async () => {
    const { id } = await hook();
    await app.end(...Array.from({ length: 8 }, () => ({ tenantId: owner.tenantId, member: owner })));
    let made = 0;
    while (made < 8) made += (await Promise.all([app.deliver(), app.deliver(), app.deliver()])).reduce((a, b) => a + b);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(8);
    expect(receiver.received).toHaveLength(8);
    expect((await app.deliveries(id)).map((delivery) => delivery['attempts'])).toEqual(Array(8).fill(1));
  });

  it('pass over what another is claiming at that moment', async () => {
    await hook();
    await end();
    const outbox = app.app.get(OutboxRepository, { strict: false });
    const claims = await app.db.database.transaction(async () => [
      (await outbox.claim(16, 2, 60)).length,
      (await app.db.database.outside(() => outbox.claim(16, 2, 60))).length,
    ]);
    expect(claims).toEqual([1, 0]);
  });

  it('attempt again under the same id what one that died had claimed, and the dead one can write nothing', async () => {
    const { id } = await hook();
    await end();
    const outbox = app.app.get(OutboxRepository, { strict: false });
    const [claimed] = await outbox.claim(16, 2, 60);
    expect(await app.deliver()).toBe(0);
    await app.passTime();
    expect(await app.deliver()).toBe(1);
    expect(receiver.received[0]?.headers['webhook-id']).toBe(claimed?.id);
    expect((await app.deliveries(id))[0]).toMatchObject({ state: 'delivered', attempts: 2 });
    const late = { state: 'failed', code: 'webhook.timeout', status: null, waitMs: 0 } as const;
    expect(await outbox.settle(claimed?.id ?? '', claimed?.attempts ?? 0, late)).toBe(false);
    expect((await app.deliveries(id))[0]).toMatchObject({ state: 'delivered' });
  });

  it('cannot be held up by dying over and over', async () => {
    const { id } = await hook();
    await end();
    const outbox = app.app.get(OutboxRepository, { strict: false });
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      await outbox.claim(16, 2, 60);
      await app.passTime();
    }
    await app.deliver();
    expect((await app.deliveries(id))[0]).toMatchObject({ state: 'dead', last_code: 'delivery.interrupted' });
    expect(receiver.received).toEqual([]);
  });

  it('give back what they are at when they stop', async () => {
    const { id } = await hook();
    await end();
    receiver.answer = () => undefined;
    const stop = new AbortController();
    const delivering = app.deliver(stop.signal);
    await eventually(async () => receiver.received.length > 0 || undefined);
    stop.abort();
    await delivering;
    expect((await app.deliveries(id))[0]).toMatchObject({ state: 'pending', attempts: 0, lease_expires_at: null });
    receiver.answer = (response) => response.writeHead(204).end();
    await app.deliver();
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids[1]).toBe(ids[0]);
  });

  it('spend at most two attempts at once on one channel, so that a slow receiver delays nobody else’s', async () => {
    const slow = await startWebhookReceiver();
    slow.answer = () => undefined;
    await app.webhook(`${slow.origin}/`);
    await hook();
    await app.end(...Array.from({ length: 5 }, () => ({ tenantId: owner.tenantId, member: owner })));
    const stop = new AbortController();
    const begun: Promise<void>[] = [];
    await eventually(async () => {
      begun.push(...(await app.begin(stop.signal)));
      return receiver.received.length === 5 || undefined;
    });
    await eventually(async () => slow.received.length > 0 || undefined);
    expect(slow.received.length).toBeLessThanOrEqual(2);
    stop.abort();
    await Promise.all(begun);
    await slow.close();
  });
});
