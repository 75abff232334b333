import { describe, expect, it } from '@jest/globals';
import { JobScheduler } from '../../../src/platform/queue/job-scheduler.js';
import { SchedulesApp, VALID } from './schedules-app.js';

// Real here: HTTP, sign-in and the access guard, PostgreSQL, the bells. The clock is the test's.

describe('the schedules API', () => {
  const on = new SchedulesApp();

  const audited = () =>
    on.database.query(
      `SELECT action, actor_name, subject_name, details FROM audit_entries
       WHERE tenant_id = $1 AND action LIKE 'schedule.%' ORDER BY id DESC LIMIT 3`,
      [on.contoso],
    );

  it('makes, shows, lists, changes and deletes a schedule, and leaves a trail', async () => {
    const { body } = await on
      .call('post')
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
    expect((await on.call('get', `/${body.id}`).expect(200)).body).toEqual(body);
    const second = await on.made({ name: 'Second' });
    const page = await on.call('get', '?limit=1').expect(200);
    expect(page.body.items).toMatchObject([{ id: second.id }]);
    const rest = await on.call('get', `?limit=1&cursor=${page.body.nextCursor}`).expect(200);
    expect(rest.body).toEqual({ items: [body], nextCursor: null });

    const changed = await on.call('patch', `/${body.id}`).send({ timeZone: 'UTC', enabled: false }).expect(200);
    expect(changed.body).toMatchObject({
      name: 'Nightly',
      cron: '30 3 * * *',
      timeZone: 'UTC',
      enabled: false,
      nextRuns: [],
    });
    await on.call('delete', `/${body.id}`).expect(204);
    await on.call('get', `/${body.id}`).expect(403);
    const nightly = { actor_name: 'Manager of contoso', subject_name: 'Nightly' };
    const before = { name: 'Nightly', cron: '30 3 * * *', timeZone: 'Europe/Berlin', enabled: true };
    const after = { ...before, timeZone: 'UTC', enabled: false };
    expect(await audited()).toEqual([
      { ...nightly, action: 'schedule.delete', details: { before: after } },
      { ...nightly, action: 'schedule.update', details: { before, after } },
      { ...nightly, action: 'schedule.create', subject_name: 'Second', details: expect.anything() },
    ]);
  });

  it('tells the next runs of a timing that nothing keeps, and what is wrong with one', async () => {
    const preview = (cron: string, timeZone = 'UTC'): ReturnType<typeof on.call> =>
      on.call('get', `/preview?${new URLSearchParams({ cron, timeZone }).toString()}`);
    const { nextRuns } = (await preview(' 30  3 * * * ', 'Europe/Berlin').expect(200)).body as { nextRuns: string[] };
    expect(nextRuns).toHaveLength(5);
    expect(nextRuns.slice(0, 2)).toEqual(['2026-10-24T01:30:00.000Z', '2026-10-25T02:30:00.000Z']);
    expect((await preview('* * * * *').expect(422)).body.errors[0].field).toBe('cron');
    expect((await preview('0 0 * * *', 'Mars/Base').expect(422)).body.errors[0].field).toBe('timeZone');
    await on.call('get', '/preview').expect(422);
  });

  it('hangs a bell for what is on', async () => {
    const { id } = await on.made();
    const off = await on.made({ enabled: false });
    const bells = new Map((await on.app.get(JobScheduler).bells()).map((bell) => [bell.id, bell]));
    expect(bells.get(id)).toMatchObject({ cron: '30 3 * * *', timeZone: 'Europe/Berlin' });
    expect(bells.has(off.id)).toBe(false);
  });

  it('lets a schedule be switched off whose kind is gone', async () => {
    const { id } = await on.made();
    await on.database.query(`UPDATE schedules SET kind = 'gone.away' WHERE id = $1`, [id]);
    await on.call('patch', `/${id}`).send({ name: 'Still on' }).expect(422);
    expect((await on.call('patch', `/${id}`).send({ enabled: false }).expect(200)).body).toMatchObject({
      label: 'gone.away',
    });
  });

  it('keeps a hundred at most', async () => {
    await on.database.query(
      `INSERT INTO schedules (tenant_id, name, kind, payload, cron, time_zone, enabled, next_tick_at, created_by_name)
       SELECT $1::uuid, n::text, 'probe.note', '{}', '0 3 * * *', 'UTC', false, now(), 'Test' FROM generate_series(1, 99) n`,
      [on.contoso],
    );
    const answers = await Promise.all([1, 2, 3].map(() => on.call('post').send({ ...VALID, enabled: false })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'schedules.too_many' });
  });
});
