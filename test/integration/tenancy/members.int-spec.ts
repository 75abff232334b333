import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { INVITATION_LIMIT } from '../../../src/modules/tenancy/members/invitation-throttle.js';
import { MembersApp } from './members-app.js';
import { emailOf } from './tenancy-app.js';

const PASSWORD = 'a long enough passphrase';

interface Listed {
  items: { userId: string; name: string; email: string | null; role: string }[];
  nextCursor: string | null;
  counts: Record<string, number>;
}

function codeOf({ status, body }: { status: number; body: unknown }): unknown[] {
  return [status, (body as { code: string }).code];
}

describe('members over HTTP', () => {
  let app: MembersApp;
  beforeAll(async () => {
    app = await MembersApp.start();
  });
  afterAll(() => app?.close());

  const list = async (query = '', cookie?: string): Promise<Listed> =>
    (await app.call('get', `${app.path}/members${query}`, cookie).expect(200)).body as Listed;

  it('are listed by name for every member, with e-mail addresses for owners alone', async () => {
    const owners = await list();
    expect(owners.items.map(({ name, email, role }) => [name, email, role])).toEqual([
      ['Manager of Contoso', emailOf('Manager'), 'Manager'],
      ['Operator of Contoso', emailOf('Operator'), 'Operator'],
      ['Owner of Contoso', emailOf('Owner'), 'Owner'],
      ['Readonly of Contoso', emailOf('Readonly'), 'Readonly'],
    ]);
    expect(owners.counts).toEqual({ Readonly: 1, Operator: 1, Manager: 1, Owner: 1 });
    for (const role of ['Readonly', 'Operator', 'Manager'] as const) {
      const seen = await list('', app.cookies[role]);
      expect(seen.items.map(({ name, email }) => [name, email])).toEqual(owners.items.map(({ name }) => [name, null]));
    }
  });

  it('are paged, and found by name, role, and for owners by e-mail', async () => {
    const first = await list('?limit=3');
    const second = await list(`?limit=3&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ role }) => role)).toEqual([
      'Manager',
      'Operator',
      'Owner',
      'Readonly',
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await list('?q=OPERATOR%20of')).items).toHaveLength(1);
    expect((await list('?role=Owner,Manager')).items).toHaveLength(2);
    expect((await list('?q=owner%40contoso')).items).toHaveLength(1);
    expect((await list('?q=owner%40contoso', app.cookies.Readonly)).items).toEqual([]);
    await app.call('get', `${app.path}/members?role=King`).expect(422);
  });

  it('change their role, and lose the tenant with the very next request when they are removed', async () => {
    const person = await app.join('role-change@contoso.example', 'Readonly', PASSWORD);
    const probe = (): ReturnType<MembersApp['call']> => app.call('post', `${app.path}/probe`, person.cookie);
    const body = { name: 'x', inner: { count: 1 } };
    await probe().send(body).expect(403);
    const changed = await app
      .call('patch', `${app.path}/members/${person.userId}`)
      .send({ role: 'Operator' })
      .expect(200);
    expect(changed.body).toMatchObject({ userId: person.userId, role: 'Operator' });
    await probe().send(body).expect(201);

    await app.call('delete', `${app.path}/members/${person.userId}`).expect(204);
    expect((await probe().send(body).expect(403)).body.code).toBe('access.denied');
    const me = await app.call('get', '/api/v1/me', person.cookie).expect(200);
    expect(me.body.memberships).toEqual([]);
    const told = (await app.trail()).slice(0, 2);
    expect(told).toEqual([
      {
        action: 'member.remove',
        subject_name: 'role-change@contoso.example',
        details: { before: { role: 'Operator' } },
      },
      {
        action: 'member.change_role',
        subject_name: 'role-change@contoso.example',
        details: { before: { role: 'Readonly' }, after: { role: 'Operator' } },
      },
    ]);
    await app.call('delete', `${app.path}/members/${person.userId}`).expect(403);
  });

  it('refuse everybody but owners any change, and strangers everything', async () => {
    const own = await app.userId(emailOf('Manager'));
    for (const role of ['Readonly', 'Operator', 'Manager'] as const) {
      const cookie = app.cookies[role];
      const answers = [
        await app.call('patch', `${app.path}/members/${own}`, cookie).send({ role: 'Owner' }),
        await app.call('delete', `${app.path}/members/${own}`, cookie),
        await app.call('post', `${app.path}/members`, cookie).send({ email: 'x@contoso.example', role: 'Readonly' }),
        await app.call('get', `${app.path}/invitations`, cookie),
      ];
      expect(answers.map(codeOf)).toEqual(answers.map(() => [403, 'access.role_required']));
    }
    const foreign = [
      await app.call('get', `${app.path}/members`, app.stranger),
      await app.call('patch', `${app.path}/members/${own}`, app.stranger).send({ role: 'Owner' }),
      await app.call('post', `${app.path}/members`, app.stranger).send({ email: 'x@contoso.example', role: 'Owner' }),
      await app.call('delete', `${app.path}/members/${await app.userId('owner@fabrikam.example')}`),
    ];
    expect(foreign.map(codeOf)).toEqual(foreign.map(() => [403, 'access.denied']));
    expect((await list()).items.find(({ userId }) => userId === own)?.role).toBe('Manager');
  });

  it('always keep an owner, also when two owners take the role from each other at once', async () => {
    const first = await app.userId(emailOf('Owner'));
    const alone = await app.call('patch', `${app.path}/members/${first}`).send({ role: 'Manager' }).expect(409);
    expect(alone.body.code).toBe('members.last_owner');
    expect((await app.call('delete', `${app.path}/members/${first}`).expect(409)).body.code).toBe('members.last_owner');

    const second = await app.join('second-owner@contoso.example', 'Owner', PASSWORD);
    const answers = await Promise.all([
      app.call('delete', `${app.path}/members/${first}`, second.cookie),
      app.call('patch', `${app.path}/members/${second.userId}`).send({ role: 'Readonly' }),
      app.call('delete', `${app.path}/members/${second.userId}`),
      app.call('patch', `${app.path}/members/${first}`, second.cookie).send({ role: 'Operator' }),
    ]);
    expect(answers.filter(({ status }) => status < 300).length).toBeGreaterThan(0);
    const owners = await app.tenancy.db.database.query<{ user_id: string }>(
      `SELECT user_id FROM memberships WHERE tenant_id = $1 AND role = 'Owner'`,
      [app.tenancy.contoso],
    );
    expect(owners).toHaveLength(1);
    // The one who lost keeps nothing that lets him take it back.
    const loser = owners[0]?.user_id === first ? second : { cookie: app.cookies.Owner, userId: first };
    await app.call('patch', `${app.path}/members/${loser.userId}`, loser.cookie).send({ role: 'Owner' }).expect(403);
  });
});

describe('a person who adds many', () => {
  let app: MembersApp;
  beforeAll(async () => {
    app = await MembersApp.start({ overrides: [[INVITATION_LIMIT, { attempts: 2, windowSeconds: 600 }]] });
  });
  afterAll(() => app?.close());

  it('is slowed, whether the addresses exist or not', async () => {
    await app.add('one@contoso.example');
    await app
      .call('post', `${app.path}/members`)
      .send({ email: emailOf('Manager'), role: 'Owner' })
      .expect(409);
    const answer = await app
      .call('post', `${app.path}/members`)
      .send({ email: 'three@contoso.example', role: 'Owner' })
      .expect(429);
    expect(answer.body.code).toBe('members.too_many_requests');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});
