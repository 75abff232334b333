import { describe, expect, it } from '@jest/globals';
import { SchedulesApp, VALID } from './schedules-app.js';

// Real here: HTTP, sign-in and the access guard, PostgreSQL, the bells. The clock is the test's.

describe('what the schedules API refuses', () => {
  const on = new SchedulesApp();

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
    const refused = await on
      .call('post')
      .send({ ...VALID, ...body })
      .expect(422);
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(refused.body).toMatchObject({ code });
    expect(refused.body.errors[0]).toMatchObject({ field });
    expect((await on.call('get')).body.items).toEqual([]);
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
    const { id } = await on.made();
    const before = (await on.call('get', `/${id}`)).body;
    expect((await on.call('patch', `/${id}`).send(body).expect(422)).body).toMatchObject({ code });
    expect((await on.call('get', `/${id}`)).body).toEqual(before);
  });

  it('asks the kind itself whether a request could ever be worked', async () => {
    const body = { ...VALID, kind: 'probe.pair', payload: { side: 'nowhere' } };
    expect((await on.call('post').send(body).expect(422)).body).toMatchObject({ code: 'probe.unknown_side' });
    await on
      .call('post')
      .send({ ...body, payload: { side: 'left' } })
      .expect(201);
  });
});
