import { describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '#libs/access-model/src/permissions.js';
import { SchedulesApp, VALID } from './schedules-app.js';

// Real here: HTTP, sign-in and the access guard, PostgreSQL, the bells. The clock is the test's.

describe('who may do what with schedules', () => {
  const on = new SchedulesApp();

  it('shows everything to every role, and lets managers and owners change it', async () => {
    const { id } = await on.made();
    for (const role of ROLES) {
      const writes = role === 'Manager' || role === 'Owner';
      await on.call('get', '', { role }).expect(200);
      await on.call('get', `/${id}`, { role }).expect(200);
      await on.call('get', '/kinds', { role }).expect(200);
      await on
        .call('post', '', { role })
        .send(VALID)
        .expect(writes ? 201 : 403);
      await on
        .call('patch', `/${id}`, { role })
        .send({ name: role })
        .expect(writes ? 200 : 403);
      if (!writes) await on.call('delete', `/${id}`, { role }).expect(403);
    }
  });

  it('offers and takes only what the role may start by hand', async () => {
    const kinds = async (role: Role) =>
      ((await on.call('get', '/kinds', { role })).body as { items: { kind: string }[] }).items.map(({ kind }) => kind);
    expect(await kinds('Manager')).toEqual(['probe.note', 'probe.pair']);
    expect(await kinds('Owner')).toEqual(['probe.note', 'probe.owner', 'probe.pair']);
    await on
      .call('post', '', { role: 'Manager' })
      .send({ ...VALID, kind: 'probe.owner' })
      .expect(403);
    const { body } = await on
      .call('post', '', { role: 'Owner' })
      .send({ ...VALID, kind: 'probe.owner' })
      .expect(201);
    await on.call('patch', `/${body.id}`, { role: 'Manager' }).send({ cron: '0 * * * *' }).expect(403);
    await on.call('patch', `/${body.id}`, { role: 'Manager' }).send({ enabled: false }).expect(200);
    await on.call('patch', `/${body.id}`, { role: 'Manager' }).send({ enabled: true }).expect(403);
  });

  it('answers 403 for another tenant and its schedules, and 401 without a session', async () => {
    const { id } = await on.made();
    const stranger = { email: 'Owner@fabrikam.example' };
    await on.call('get', '', stranger).expect(403);
    for (const foreign of [{ ...stranger }, { ...stranger, tenant: on.fabrikam }]) {
      await on.call('get', `/${id}`, foreign).expect(403);
      await on.call('patch', `/${id}`, foreign).send({ enabled: false }).expect(403);
      await on.call('delete', `/${id}`, foreign).expect(403);
    }
    for (const unknown of ['/999999', '/abc', '/-1']) await on.call('get', unknown).expect(403);
    await on.call('get', '', { email: 'nobody' }).expect(401);
    expect((await on.call('get', `/${id}`)).body).toMatchObject({ enabled: true });
  });
});
