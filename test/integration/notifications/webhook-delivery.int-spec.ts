import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RUN_COMPLETED } from '../../../src/modules/operations/operations.facts.js';
import { FactBus } from '../../../src/platform/facts/fact-bus.js';
import { eventually } from '../../support/eventually.js';
import { somebodyWaits } from '../../support/somebody-waits.js';
import { ChannelsApp, type Member } from './channels-app.js';
import { signaturesOf, startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

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

const hook = (given: object = {}) => app.webhook(`${receiver.origin}/hook`, given);
const end = async (given: object = {}): Promise<string> =>
  (await app.end({ tenantId: owner.tenantId, member: owner, ...given }))[0] ?? '';

describe('a webhook', () => {
  it('is sent the run, signed, without a word that the run does not show', async () => {
    const { id, secret } = await hook();
    const failures = [{ code: 'graph.throttled', message: 'Microsoft Graph asked to slow down.', count: 1 }];
    const runId = await end({ outcome: 'partially_succeeded', failures, subjectName: 'Policies' });
    expect(await app.deliver()).toBe(1);

    const [request] = receiver.received;
    const [delivery] = await app.deliveries(id);
    expect(request).toMatchObject({ method: 'POST', path: '/hook', headers: { 'content-type': 'application/json' } });
    expect(request?.headers['webhook-id']).toBe(delivery?.id);
    expect(Math.abs(Number(request?.headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(300);
    expect(signaturesOf(request, secret)).toEqual([true]);
    expect(JSON.parse(request?.body ?? '')).toEqual({
      id: delivery?.id,
      type: 'run.completed',
      tenantId: owner.tenantId,
      run: {
        id: runId,
        type: 'probe.work',
        label: 'Probe',
        status: 'completed',
        outcome: 'partially_succeeded',
        bucket: 'Partially succeeded',
        summaryCounts: { total: 3, processed: 3, success: 2, failed: 1, skipped: 0 },
        failureSummary: failures,
        initiatorName: owner.name,
        completedAt: expect.stringMatching(/Z$/),
        url: `https://atlas.example/t/${owner.tenantId}/operations/${runId}`,
      },
      sentAt: expect.stringMatching(/Z$/),
    });
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 1, last_code: 'delivered', last_status: 204 });
    expect(await app.deliver()).toBe(0);
  });

  it('is told of the outcomes it wants, of its own tenant, while it is enabled', async () => {
    const bad = await hook({ outcomes: ['failed', 'partially_succeeded'] });
    const all = await hook({ outcomes: ['all'] });
    const off = await hook({ enabled: false });
    const failed = await end({ outcome: 'failed' });
    const cancelled = await end({ outcome: 'cancelled' });
    await app.end({ tenantId: app.stranger.tenantId, member: app.stranger, outcome: 'failed' });
    const told = async (id: string) => (await app.deliveries(id)).map((delivery) => delivery['run_id']);
    expect(await told(bad.id)).toEqual([failed]);
    expect(await told(all.id)).toEqual([failed, cancelled]);
    expect(await told(off.id)).toEqual([]);
  });

  it('is told of the system’s runs too, of which nobody gets a note', async () => {
    const { id } = await hook();
    const [runId = ''] = await app.end({ tenantId: owner.tenantId });
    expect(await app.deliveries(id)).toHaveLength(1);
    expect(await app.db.database.query('SELECT 1 FROM notifications WHERE run_id = $1', [runId])).toEqual([]);
    await app.deliver();
    expect(JSON.parse(receiver.received[0]?.body ?? '').run).toMatchObject({ id: runId, initiatorName: 'System' });
  });

  it('is told once of each run, however many end together and however often it is said', async () => {
    const { id } = await hook();
    const ids = await app.end(...Array.from({ length: 40 }, () => ({ tenantId: owner.tenantId, member: owner })), {
      tenantId: app.stranger.tenantId,
      member: app.stranger,
    });
    const again = { runId: ids[0] ?? '', tenantId: owner.tenantId, userId: owner.userId, kind: 'probe.work' };
    const label = { noun: 'Probe', doing: 'Probing', done: 'Probed', failed: 'Probing failed' };
    const counts = { total: 0, processed: 0, success: 0, failed: 0, skipped: 0 };
    await app.app
      .get(FactBus)
      .publish(RUN_COMPLETED, [{ ...again, label, subjectName: null, outcome: 'succeeded', counts, failure: null }]);
    expect((await app.deliveries(id)).map((delivery) => delivery['run_id'])).toEqual(ids.slice(0, 40));
    const notes = await app.db.database.query(
      `SELECT run_id, user_id FROM notifications WHERE kind = 'terminal' AND run_id = ANY ($1) ORDER BY run_id`,
      [ids],
    );
    expect(notes).toEqual(ids.map((run_id, at) => ({ run_id, user_id: at < 40 ? owner.userId : app.stranger.userId })));
  });

  it('hears nothing of a run whose end was rolled back', async () => {
    const { id } = await hook();
    const undone = app.db.database.transaction(async () => {
      await end();
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await app.deliveries(id)).toEqual([]);
  });

  it('does not fail a run’s end by being deleted at that moment', async () => {
    const { id } = await hook();
    let ending: Promise<string> | undefined;
    await app.db.database.transaction(async () => {
      await app.db.database.query('DELETE FROM notification_channels WHERE id = $1', [id]);
      ending = app.db.database.outside(() => end());
      ending.catch(() => undefined);
      await somebodyWaits(app.db.database);
    });
    expect(await ending).toMatch(/^\d+$/);
    expect(await app.deliveries(id)).toEqual([]);
  });
});

describe('a delivery that fails', () => {
  it('waits as long as the receiver asks, and comes again under the same id', async () => {
    const { id } = await hook();
    await end();
    receiver.answer = (response) => response.writeHead(503, { 'retry-after': '3600' }).end('busy');
    await app.deliver();
    const [failed] = await app.deliveries(id);
    expect(failed).toMatchObject({
      state: 'failed',
      attempts: 1,
      last_code: 'webhook.server_error',
      last_status: 503,
      lease_expires_at: null,
    });
    expect(failed?.['wait_seconds']).toBeGreaterThan(3_000);
    expect(failed?.['wait_seconds']).toBeLessThanOrEqual(3_600);
    expect(await app.deliver()).toBe(0);

    receiver.answer = (response) => response.writeHead(200).end('thanks');
    await app.passTime();
    await app.deliver();
    expect((await app.deliveries(id))[0]).toMatchObject({ state: 'delivered', attempts: 2, last_status: 200 });
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([failed?.id, failed?.id]);
  });

  it('waits longer each time, and is given up in the end', async () => {
    const { id } = await hook();
    await end();
    receiver.answer = (response) => response.writeHead(500).end();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      expect(await app.deliver()).toBe(1);
      waits.push(Number((await app.deliveries(id))[0]?.['wait_seconds']));
      await app.passTime();
    }
    expect(waits.slice(0, 8)).toEqual([...waits.slice(0, 8)].sort((a, b) => a - b));
    expect((await app.deliveries(id))[0]).toMatchObject({ state: 'dead', attempts: 9, last_status: 500 });
    expect(await app.deliver()).toBe(0);
    expect(receiver.received).toHaveLength(9);
    const [channel] = (await owner.get(app.path())).body.items;
    expect(channel.lastDelivery).toMatchObject({ state: 'dead', code: 'webhook.server_error' });
  });

  it.each([
    [301, 'webhook.redirected', 'failed'],
    [400, 'webhook.rejected', 'failed'],
    [410, 'webhook.gone', 'dead'],
    [429, 'webhook.throttled', 'failed'],
  ])('by %i is %s and %s', async (status, code, state) => {
    const { id } = await hook();
    await end();
    const trap = await startWebhookReceiver();
    receiver.answer = (response) => response.writeHead(status, { location: `${trap.origin}/trap` }).end();
    await app.deliver();
    expect((await app.deliveries(id))[0]).toMatchObject({ state, last_code: code, last_status: status });
    expect(trap.received).toEqual([]);
    await trap.close();
  });

  it('because nobody listens, or TLS is not spoken, says so', async () => {
    const closed = await startWebhookReceiver();
    await closed.close();
    const away = await app.webhook(`${closed.origin}/`);
    const plain = await app.webhook(`https://127.0.0.1:${receiver.port}/`);
    await end();
    await app.deliver();
    expect((await app.deliveries(away.id))[0]).toMatchObject({ state: 'failed', last_code: 'webhook.unreachable' });
    expect((await app.deliveries(plain.id))[0]).toMatchObject({ state: 'failed', last_code: 'webhook.tls_failed' });
  });

  it('is given up when its channel was disabled meanwhile', async () => {
    const { id } = await hook();
    await end();
    await owner.patch(app.path(`/${id}`), { enabled: false }).expect(200);
    await app.deliver();
    expect((await app.deliveries(id))[0]).toMatchObject({ state: 'dead', last_code: 'delivery.channel_disabled' });
    expect(receiver.received).toEqual([]);
  });
});

describe('an answer’s body', () => {
  it('is not read to its end', async () => {
    const { id } = await hook();
    await end();
    let closed = false;
    receiver.answer = (response) => {
      response.writeHead(200).on('close', () => (closed = true));
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more).on('error', () => undefined);
      more();
    };
    await app.deliver();
    expect((await app.deliveries(id))[0]).toMatchObject({ state: 'delivered' });
    await eventually(async () => closed || undefined);
  });
});

describe('a rotated secret', () => {
  it('signs beside the old one for a day, then alone', async () => {
    const { id, secret } = await hook();
    const rotated = (await owner.post(app.path(`/${id}/rotate-secret`)).expect(200)).body as { secret: string };
    expect(rotated.secret).not.toBe(secret);
    await end();
    await app.deliver();
    expect(signaturesOf(receiver.received[0], rotated.secret)).toEqual([true, false]);
    expect(signaturesOf(receiver.received[0], secret)).toEqual([false, true]);

    await app.db.database.query(`UPDATE notification_channels SET previous_secret_until = now()`);
    await end();
    await app.deliver();
    expect(signaturesOf(receiver.received[1], rotated.secret)).toEqual([true]);
  });
});
