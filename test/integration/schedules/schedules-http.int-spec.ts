import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { ROLES, type Role } from '#libs/access-model/src/permissions.js';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { ScheduleClock } from '../../../src/modules/schedules/schedule-clock.js';
import { SchedulesHttpModule } from '../../../src/modules/schedules/schedules.http.module.js';
import { TenancyHttpModule } from '../../../src/modules/tenancy/tenancy.http.module.js';
import { TenancyModule } from '../../../src/modules/tenancy/tenancy.module.js';
import { TenantProvisioning } from '../../../src/modules/tenancy/tenancy.provisioning.js';
import { AccessModule } from '../../../src/platform/access/access.module.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import { configureHttpApp } from '../../../src/platform/http/configure-app.js';
import { JobScheduler } from '../../../src/platform/queue/job-scheduler.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { ManualClock, ScheduledProbesModule } from './scheduler.js';

// Real here: HTTP, sign-in and the access guard, PostgreSQL, the bells. The clock is the test's.

const PASSWORD = 'correct horse battery staple';
const VALID = { name: 'Nightly', kind: 'probe.note', cron: '30 3 * * *', timeZone: 'Europe/Berlin' };

describe('the schedules API', () => {
  let db: TestDatabase;
  let app: NestExpressApplication;
  let contoso: string;
  let fabrikam: string;
  const cookies = new Map<string, string>();

  beforeAll(async () => {
    db = await createTestDatabase();
    const settings = testSettings(db.url);
    const testing = await Test.createTestingModule({
      imports: [
        PlatformModule,
        AccessModule,
        TenancyModule,
        TenancyHttpModule,
        ScheduledProbesModule,
        SchedulesHttpModule,
      ],
    })
      .overrideProvider(SETTINGS)
      .useValue(settings)
      .overrideProvider(ScheduleClock)
      .useValue(new ManualClock(new Date('2026-10-23T12:00:00Z')))
      .compile();
    app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    configureHttpApp(app, settings);
    await app.init();
    const members = (tenant: string, roles: readonly Role[]) =>
      roles.map((role) => ({
        email: `${role}@${tenant}.example`,
        name: `${role} of ${tenant}`,
        password: PASSWORD,
        role,
      }));
    const provisioning = app.get(TenantProvisioning);
    const provision = async (name: string, roles: readonly Role[]) =>
      (await provisioning.provision({ name, entraTenantId: randomUUID(), members: members(name, roles) })).tenantId;
    contoso = await provision('contoso', ROLES);
    fabrikam = await provision('fabrikam', ['Owner']);
    for (const email of [...ROLES.map((role) => `${role}@contoso.example`), 'Owner@fabrikam.example']) {
      const answer = await request(app.getHttpServer()).post('/api/v1/auth/login').send({ email, password: PASSWORD });
      const set = (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
      cookies.set(email, set.map((cookie) => cookie.split(';')[0]).join('; '));
    }
  });
  afterAll(async () => {
    await app.close();
    await db.close();
  });
  beforeEach(async () => {
    await db.database.query('DELETE FROM schedules');
  });

  type Method = 'get' | 'post' | 'patch' | 'delete';
  const call = (
    method: Method,
    path = '',
    given: { role?: Role; tenant?: string; email?: string } = {},
  ): request.Test =>
    request(app.getHttpServer())
      [method](`/api/v1/tenants/${given.tenant ?? contoso}/schedules${path}`)
      .set('cookie', cookies.get(given.email ?? `${given.role ?? 'Manager'}@contoso.example`) ?? '');
  const made = async (body: object = {}): Promise<{ id: string }> =>
    (
      await call('post')
        .send({ ...VALID, ...body })
        .expect(201)
    ).body as { id: string };
  const audited = () =>
    db.database.query(
      `SELECT action, actor_name, subject_name FROM audit_entries
       WHERE tenant_id = $1 AND action LIKE 'schedule.%' ORDER BY id DESC LIMIT 3`,
      [contoso],
    );

  it('makes, shows, lists, changes and deletes a schedule, and leaves a trail', async () => {
    const { body } = await call('post')
      .send({ ...VALID, name: '  Nightly ', cron: ' 30  3 * * * ', payload: { text: 'all' } })
      .expect(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^\d+$/),
      name: 'Nightly',
      kind: 'probe.note',
      label: 'Probe',
      payload: { text: 'all' },
      cron: '30 3 * * *',
      timeZone: 'Europe/Berlin',
      enabled: true,
      createdByName: 'Manager of contoso',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      nextRuns: [
        '2026-10-24T01:30:00.000Z',
        '2026-10-25T02:30:00.000Z', // the clock was put back in this night
        '2026-10-26T02:30:00.000Z',
        '2026-10-27T02:30:00.000Z',
        '2026-10-28T02:30:00.000Z',
      ],
      lastFiring: null,
    });
    expect((await call('get', `/${body.id}`).expect(200)).body).toEqual(body);
    const second = await made({ name: 'Second' });
    const page = await call('get', '?limit=1').expect(200);
    expect(page.body.items).toMatchObject([{ id: second.id }]);
    const rest = await call('get', `?limit=1&cursor=${page.body.nextCursor}`).expect(200);
    expect(rest.body).toEqual({ items: [body], nextCursor: null });

    const changed = await call('patch', `/${body.id}`).send({ timeZone: 'UTC', enabled: false }).expect(200);
    expect(changed.body).toMatchObject({
      name: 'Nightly',
      cron: '30 3 * * *',
      timeZone: 'UTC',
      enabled: false,
      nextRuns: [],
    });
    await call('delete', `/${body.id}`).expect(204);
    await call('get', `/${body.id}`).expect(403);
    expect(await audited()).toEqual([
      { action: 'schedule.delete', actor_name: 'Manager of contoso', subject_name: 'Nightly' },
      { action: 'schedule.update', actor_name: 'Manager of contoso', subject_name: 'Nightly' },
      { action: 'schedule.create', actor_name: 'Manager of contoso', subject_name: 'Second' },
    ]);
  });

  it('hangs a bell for what is on', async () => {
    const { id } = await made();
    const off = await made({ enabled: false });
    const bells = new Map((await app.get(JobScheduler).bells()).map((bell) => [bell.id, bell]));
    expect(bells.get(id)).toMatchObject({ cron: '30 3 * * *', timeZone: 'Europe/Berlin' });
    expect(bells.has(off.id)).toBe(false);
  });

  it.each([
    [{ cron: 'every night' }, 'schedules.bad_cron', 'cron'],
    [{ cron: '0 30 3 * * *' }, 'schedules.bad_cron', 'cron'],
    [{ cron: '0 0 30 2 *' }, 'schedules.bad_cron', 'cron'],
    [{ cron: '*/4 * * * *' }, 'schedules.too_often', 'cron'],
    [{ timeZone: 'Europe/Atlantis' }, 'schedules.bad_time_zone', 'timeZone'],
    [{ timeZone: '+02:00' }, 'schedules.bad_time_zone', 'timeZone'],
    [{ kind: 'probe.by_hand' }, 'schedules.kind_not_schedulable', 'kind'],
    [{ kind: 'restore.execute' }, 'schedules.kind_not_schedulable', 'kind'],
    [{ payload: { text: 5 } }, 'schedules.bad_payload', 'payload.text'],
    [{ payload: { nothing: true } }, 'schedules.bad_payload', 'payload.nothing'],
    [{ payload: [] }, 'request.invalid', 'payload'],
    [{ name: ' ' }, 'request.invalid', 'name'],
    [{ enabled: 'yes' }, 'request.invalid', 'enabled'],
    [{ cron: null }, 'request.invalid', 'cron'],
    [{ tenantId: 'x' }, 'request.invalid', 'tenantId'],
  ])('refuses %j with %s', async (body, code, field) => {
    const refused = await call('post')
      .send({ ...VALID, ...body })
      .expect(422);
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(refused.body).toMatchObject({ code });
    expect(refused.body.errors[0]).toMatchObject({ field });
    expect((await call('get')).body.items).toEqual([]);
  });

  it.each([
    [{ cron: '* * * * *' }, 'schedules.too_often'],
    [{ cron: null }, 'request.invalid'],
    [{ name: null }, 'request.invalid'],
    [{ payload: null }, 'request.invalid'],
    [{ payload: { text: 5 } }, 'schedules.bad_payload'],
    [{ timeZone: 'Mars' }, 'schedules.bad_time_zone'],
    [{ kind: 'probe.pair' }, 'request.invalid'],
  ])('refuses a change to %j, and changes nothing', async (body, code) => {
    const { id } = await made();
    const before = (await call('get', `/${id}`)).body;
    expect((await call('patch', `/${id}`).send(body).expect(422)).body).toMatchObject({ code });
    expect((await call('get', `/${id}`)).body).toEqual(before);
  });

  it('asks the kind itself whether a request could ever be worked', async () => {
    const body = { ...VALID, kind: 'probe.pair', payload: { side: 'nowhere' } };
    expect((await call('post').send(body).expect(422)).body).toMatchObject({ code: 'probe.unknown_side' });
    await call('post')
      .send({ ...body, payload: { side: 'left' } })
      .expect(201);
  });

  it('lets a schedule be switched off whose kind is gone', async () => {
    const { id } = await made();
    await db.database.query(`UPDATE schedules SET kind = 'gone.away' WHERE id = $1`, [id]);
    await call('patch', `/${id}`).send({ name: 'Still on' }).expect(422);
    expect((await call('patch', `/${id}`).send({ enabled: false }).expect(200)).body).toMatchObject({
      label: 'gone.away',
    });
  });

  it('keeps a hundred at most', async () => {
    await db.database.query(
      `INSERT INTO schedules (tenant_id, name, kind, payload, cron, time_zone, enabled, next_tick_at, created_by_name)
       SELECT $1::uuid, n::text, 'probe.note', '{}', '0 3 * * *', 'UTC', false, now(), 'Test' FROM generate_series(1, 99) n`,
      [contoso],
    );
    const answers = await Promise.all([1, 2, 3].map(() => call('post').send({ ...VALID, enabled: false })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'schedules.too_many' });
  });

  describe('and who may do what', () => {
    it('shows everything to every role, and lets managers and owners change it', async () => {
      const { id } = await made();
      for (const role of ROLES) {
        const writes = role === 'Manager' || role === 'Owner';
        await call('get', '', { role }).expect(200);
        await call('get', `/${id}`, { role }).expect(200);
        await call('get', '/kinds', { role }).expect(200);
        await call('post', '', { role })
          .send(VALID)
          .expect(writes ? 201 : 403);
        await call('patch', `/${id}`, { role })
          .send({ name: role })
          .expect(writes ? 200 : 403);
        if (!writes) await call('delete', `/${id}`, { role }).expect(403);
      }
    });

    it('offers and takes only what the role may start by hand', async () => {
      const kinds = async (role: Role) =>
        ((await call('get', '/kinds', { role })).body as { items: { kind: string }[] }).items.map(({ kind }) => kind);
      expect(await kinds('Manager')).toEqual(['probe.note', 'probe.pair']);
      expect(await kinds('Owner')).toEqual(['probe.note', 'probe.owner', 'probe.pair']);
      await call('post', '', { role: 'Manager' })
        .send({ ...VALID, kind: 'probe.owner' })
        .expect(403);
      const { body } = await call('post', '', { role: 'Owner' })
        .send({ ...VALID, kind: 'probe.owner' })
        .expect(201);
      await call('patch', `/${body.id}`, { role: 'Manager' }).send({ cron: '0 * * * *' }).expect(403);
      await call('patch', `/${body.id}`, { role: 'Manager' }).send({ enabled: false }).expect(200);
      await call('patch', `/${body.id}`, { role: 'Manager' }).send({ enabled: true }).expect(403);
    });

    it('answers 403 for another tenant and its schedules, and 401 without a session', async () => {
      const { id } = await made();
      const stranger = { email: 'Owner@fabrikam.example' };
      await call('get', '', stranger).expect(403);
      for (const foreign of [{ ...stranger }, { ...stranger, tenant: fabrikam }]) {
        await call('get', `/${id}`, foreign).expect(403);
        await call('patch', `/${id}`, foreign).send({ enabled: false }).expect(403);
        await call('delete', `/${id}`, foreign).expect(403);
      }
      for (const unknown of ['/999999', '/abc', '/-1']) await call('get', unknown).expect(403);
      await call('get', '', { email: 'nobody' }).expect(401);
      expect((await call('get', `/${id}`)).body).toMatchObject({ enabled: true });
    });
  });
});
