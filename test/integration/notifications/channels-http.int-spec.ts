import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelsApp, type Member } from './channels-app.js';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

describe('the notification channels API', () => {
  let app: ChannelsApp;
  let owner: Member;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    app = await ChannelsApp.start();
    owner = app.contoso.Owner;
    receiver = await startWebhookReceiver();
  });
  afterAll(async () => {
    await app?.close();
    await receiver?.close();
  });
  beforeEach(() => {
    receiver.answer = (response) => response.writeHead(204).end();
  });
  afterEach(() => app.db.database.query('DELETE FROM notification_channels'));

  const HOOK = { kind: 'webhook', name: 'Hook', url: 'https://hooks.example/T0/token?sig=s', outcomes: ['failed'] };
  const stored = () => app.db.database.query('SELECT * FROM notification_channels ORDER BY created_at');
  const audited = async (id: string): Promise<unknown[]> =>
    app.db.database.query(
      `SELECT action, actor_name, subject_name, host(address) AS address FROM audit_entries
       WHERE subject_id = $1 ORDER BY id`,
      [id],
    );

  it('makes, lists, changes and deletes a webhook, shows its secret once and its URL never', async () => {
    const made = await owner.post(app.path(), { ...HOOK, name: '  Hook ' }).expect(201);
    const { id, secret, ...view } = made.body as { id: string; secret: string };
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(view).toEqual({
      kind: 'webhook',
      name: 'Hook',
      url: 'https://hooks.example/…',
      recipients: null,
      outcomes: ['failed'],
      enabled: true,
      createdByName: owner.name,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      previousSecretUntil: null,
      lastDelivery: null,
    });
    expect((await owner.get(app.path()).expect(200)).body).toEqual({
      items: [{ id, ...view }],
      nextCursor: null,
      emailAvailable: false,
    });

    const changed = await owner
      .patch(app.path(`/${id}`), { url: 'https://other.example', outcomes: ['all'], enabled: false })
      .expect(200);
    expect(changed.body).toMatchObject({
      name: 'Hook',
      url: 'https://other.example',
      outcomes: ['all'],
      enabled: false,
    });
    expect(changed.body.secret).toBeUndefined();
    const rotated = await owner.post(app.path(`/${id}/rotate-secret`)).expect(200);
    expect(rotated.body).toEqual({ secret: expect.stringMatching(/^whsec_/), previousSecretUntil: expect.any(String) });
    expect(JSON.stringify(await stored())).not.toMatch(/whsec_|token|sig=/);

    await owner.delete(app.path(`/${id}`)).expect(204);
    await owner.delete(app.path(`/${id}`)).expect(403);
    expect(await audited(id)).toEqual(
      ['create', 'update', 'rotate_secret', 'delete'].map((verb) => ({
        action: `notification_channel.${verb}`,
        actor_name: owner.name,
        subject_name: 'Hook',
        address: '127.0.0.1',
      })),
    );
  });

  it.each([
    [{ kind: 'pager' }, 'kind'],
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ outcomes: [] }, 'outcomes'],
    [{ outcomes: ['failed', 'failed'] }, 'outcomes'],
    [{ outcomes: ['pending'] }, 'outcomes'],
    [{ enabled: 'yes' }, 'enabled'],
    [{ enabled: null }, 'enabled'],
    [{ url: undefined }, 'url'],
    [{ url: null }, 'url'],
    [{ url: 'hooks.example' }, 'url'],
    [{ url: 'https://u:p@hooks.example/' }, 'url'],
    [{ url: 'https://10.0.0.1/' }, 'url'],
    [{ url: 'https://[::ffff:10.0.0.1]/' }, 'url'],
    [{ url: 'ftp://hooks.example/' }, 'url'],
    [{ recipients: ['one@example.test'] }, 'recipients'],
    [{ secret: 'whsec_mine' }, 'secret'],
  ])('refuses a webhook with %j', async (given, field) => {
    const refused = await owner.post(app.path(), { ...HOOK, ...given }).expect(422);
    expect(refused.body.errors).toContainEqual(expect.objectContaining({ field }));
    expect(JSON.stringify(refused.body)).not.toContain('token');
    expect(await stored()).toEqual([]);
  });

  it.each([{ name: null }, { outcomes: null }, { enabled: null }, { url: null }, { kind: 'email' }])(
    'refuses the change %j',
    async (change) => {
      const { id } = (await owner.post(app.path(), HOOK).expect(201)).body as { id: string };
      const before = await stored();
      await owner.patch(app.path(`/${id}`), change).expect(422);
      expect(await stored()).toEqual(before);
    },
  );

  it('is for owners, of this tenant', async () => {
    const { id } = (await owner.post(app.path(), HOOK).expect(201)).body as { id: string };
    const calls = (member: Member, base: string) => [
      member.get(base),
      member.post(base, HOOK),
      member.patch(`${base}/${id}`, { enabled: false }),
      member.delete(`${base}/${id}`),
      member.post(`${base}/${id}/test`),
      member.post(`${base}/${id}/rotate-secret`),
      member.get(`${base}/${id}/deliveries`),
    ];
    for (const member of [app.contoso.Readonly, app.contoso.Operator, app.contoso.Manager]) {
      for (const call of calls(member, app.path())) expect((await call).body.code).toBe('access.role_required');
    }
    for (const call of calls(app.stranger, app.path())) expect((await call).body.code).toBe('access.denied');
    const [, , ...ofTheirOwn] = calls(app.stranger, app.path('', app.stranger.tenantId));
    for (const call of ofTheirOwn) expect((await call).body.code).toBe('access.denied');
    await app.anonymous().get(`/api/v1${app.path()}`).expect(401);
    expect(await stored()).toMatchObject([{ id, enabled: true, sealed_previous_secret: null }]);
  });

  it.each([randomUUID(), '1', 'x', "' OR 1=1"])('denies a channel that is unknown: %s', async (id) => {
    const at = app.path(`/${encodeURIComponent(id)}`);
    await owner.patch(at, { enabled: false }).expect(403);
    await owner.delete(at).expect(403);
    await owner.post(`${at}/test`).expect(403);
    await owner.post(`${at}/rotate-secret`).expect(403);
    await owner.get(`${at}/deliveries`).expect(403);
  });

  it('has twenty channels and no more, and pages through them once', async () => {
    for (let at = 0; at < 20; at += 1) await owner.post(app.path(), { ...HOOK, name: `Hook ${at}` }).expect(201);
    const refused = await owner.post(app.path(), HOOK).expect(409);
    expect(refused.body.code).toBe('notification_channel.too_many');
    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: { name: string }[]; nextCursor: string | null } = (
        await owner.get(app.path(`?limit=7&cursor=${cursor}`)).expect(200)
      ).body;
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    expect(names).toEqual(Array.from({ length: 20 }, (_, at) => `Hook ${at}`));
  });

  it('tries a channel at once and answers the verdict, but not twice in a row', async () => {
    const { id, secret } = await app.webhook(`${receiver.origin}/hook`, { enabled: false });
    receiver.received.length = 0;
    receiver.answer = (response) => response.writeHead(404).end('secret words of the receiver');
    const verdict = await owner.post(app.path(`/${id}/test`)).expect(200);
    expect(verdict.body).toEqual({
      delivered: false,
      code: 'webhook.rejected',
      message: expect.stringMatching(/Check the URL/),
      status: 404,
    });
    const [request] = receiver.received;
    expect(JSON.parse(request?.body ?? '')).toEqual({
      id: request?.headers['webhook-id'],
      type: 'channel.test',
      tenantId: owner.tenantId,
      sentAt: expect.any(String),
    });
    expect(request?.headers['webhook-signature']).toMatch(/^v1,/);
    expect(secret).toMatch(/^whsec_/);
    const soon = await owner.post(app.path(`/${id}/test`)).expect(429);
    expect(soon.body.code).toBe('notification_channel.test_too_soon');
    expect(soon.headers['retry-after']).toBe('10');
    expect(receiver.received).toHaveLength(1);
    expect((await owner.get(app.path(`/${id}/deliveries`)).expect(200)).body.items).toEqual([]);
    expect(await audited(id)).toMatchObject([
      { action: 'notification_channel.create' },
      { action: 'notification_channel.test' },
    ]);
  });

  it('lists what a channel was told, newest first, and says on the channel how the last went', async () => {
    const { id } = await app.webhook(`${receiver.origin}/hook`);
    const [delivered] = await app.end({ tenantId: owner.tenantId, member: owner });
    await app.deliver();
    receiver.answer = (response) => response.writeHead(500).end();
    const [failed] = await app.end({ tenantId: owner.tenantId, member: owner });
    await app.deliver();
    const [pending] = await app.end({ tenantId: owner.tenantId, member: owner });

    const { items } = (await owner.get(app.path(`/${id}/deliveries`)).expect(200)).body;
    expect(items).toEqual([
      expect.objectContaining({
        runId: pending,
        state: 'pending',
        attempts: 0,
        code: null,
        message: null,
        status: null,
      }),
      expect.objectContaining({
        runId: failed,
        state: 'failed',
        attempts: 1,
        code: 'webhook.server_error',
        message: 'The receiver answered with an error of its own.',
        status: 500,
        nextAttemptAt: expect.any(String),
        settledAt: null,
      }),
      expect.objectContaining({
        runId: delivered,
        label: 'Probe',
        state: 'delivered',
        status: 204,
        nextAttemptAt: null,
        settledAt: expect.any(String),
      }),
    ]);
    const first = (await owner.get(app.path(`/${id}/deliveries?limit=2`)).expect(200)).body;
    const second = (await owner.get(app.path(`/${id}/deliveries?limit=2&cursor=${first.nextCursor}`)).expect(200)).body;
    expect([...first.items, ...second.items]).toEqual(items);
    expect((await owner.get(app.path())).body.items[0].lastDelivery).toEqual({
      state: 'failed',
      code: 'webhook.server_error',
      message: 'The receiver answered with an error of its own.',
      at: expect.any(String),
    });
  });
});
