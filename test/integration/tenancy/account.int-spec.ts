import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MembersApp } from './members-app.js';
import { emailOf, PASSWORD } from './tenancy-app.js';

const NEW_PASSWORD = 'another long passphrase';

interface Session {
  id: string;
  isCurrent: boolean;
  address: string | null;
  userAgent: string | null;
}

describe('a person’s own account over HTTP', () => {
  let app: MembersApp;
  beforeAll(async () => {
    app = await MembersApp.start();
  });
  afterAll(() => app?.close());

  const change = (body: object, cookie: string): ReturnType<MembersApp['call']> =>
    app.call('post', '/api/v1/me/password', cookie).send(body);
  const sessions = async (cookie: string): Promise<Session[]> =>
    (await app.call('get', '/api/v1/me/sessions', cookie).expect(200)).body.items as Session[];
  const signInFrom = async (agent: string): Promise<string> => {
    const answer = await app.tenancy
      .http()
      .post('/api/v1/auth/login')
      .set('user-agent', agent)
      .send({ email: emailOf('Operator'), password: PASSWORD })
      .expect(200);
    return String(answer.headers['set-cookie']).split(';')[0] ?? '';
  };

  it('changes its password with the present one alone, and ends every other session', async () => {
    const other = await app.tenancy.signIn(emailOf('Manager'));
    const own = app.cookies.Manager;
    const wrong = await change({ currentPassword: 'wrong', newPassword: NEW_PASSWORD }, own).expect(422);
    expect(wrong.body.code).toBe('account.wrong_password');
    await change({ currentPassword: PASSWORD, newPassword: 'short' }, own).expect(422);
    await app.call('get', '/api/v1/me', other).expect(200);

    await change({ currentPassword: PASSWORD, newPassword: NEW_PASSWORD }, own).expect(204);
    await app.call('get', '/api/v1/me', own).expect(200);
    await app.call('get', '/api/v1/me', other).expect(401);
    const login = { email: emailOf('Manager'), password: PASSWORD };
    await app.tenancy.http().post('/api/v1/auth/login').send(login).expect(401);
    const told = await app.trail();
    expect(told.find(({ action }) => action === 'user.change_password')).toMatchObject({
      subject_name: 'Manager of Contoso',
      details: null,
    });
    expect(JSON.stringify(told)).not.toContain(NEW_PASSWORD);
  });

  it('does not change its password by an API token', async () => {
    const { body } = await app.call('post', '/api/v1/me/api-tokens').send({ name: 'CI' }).expect(201);
    const answer = await app.tenancy
      .http()
      .post('/api/v1/me/password')
      .set('authorization', `Bearer ${body.token}`)
      .send({ currentPassword: PASSWORD, newPassword: NEW_PASSWORD })
      .expect(403);
    expect(answer.body.code).toBe('account.session_required');
  });

  it('guesses at the present password no faster than at the sign-in', async () => {
    const slowed = await MembersApp.start({
      limits: { perAccount: { attempts: 2, windowSeconds: 600 }, perAddress: { attempts: 100, windowSeconds: 600 } },
    });
    try {
      const statuses = [];
      for (let at = 0; at < 3; at += 1) {
        const body = { currentPassword: `wrong ${at}`, newPassword: NEW_PASSWORD };
        statuses.push((await slowed.call('post', '/api/v1/me/password').send(body)).status);
      }
      expect(statuses).toEqual([422, 422, 429]);
    } finally {
      await slowed.close();
    }
  });

  it('lists its sessions, ends one and all others, and no one else’s', async () => {
    const own = app.cookies.Operator;
    const [phone, tablet] = [await signInFrom('Phone/1.0'), await signInFrom('Tablet/1.0')];
    const listed = await sessions(own);
    expect(listed.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false]);
    expect(listed.map(({ userAgent }) => userAgent)).toEqual(expect.arrayContaining(['Phone/1.0', 'Tablet/1.0']));
    expect(listed[1]?.address).toMatch(/127\.0\.0\.1/);
    const phoneId = listed.find(({ userAgent }) => userAgent === 'Phone/1.0')?.id;
    expect(phone).not.toContain(phoneId);
    await app.call('delete', `/api/v1/me/sessions/${phoneId}`, app.cookies.Owner).expect(403);
    await app.call('get', '/api/v1/me', phone).expect(200);
    await app.call('delete', `/api/v1/me/sessions/${phoneId}`, own).expect(204);
    await app.call('get', '/api/v1/me', phone).expect(401);
    await app.call('get', '/api/v1/me', tablet).expect(200);
    await app.call('delete', '/api/v1/me/sessions', own).expect(204);
    await app.call('get', '/api/v1/me', tablet).expect(401);
    await app.call('get', '/api/v1/me', own).expect(200);
    await app.call('get', '/api/v1/me', app.cookies.Owner).expect(200);
  });

  it('changes its name, and says so', async () => {
    await app.call('patch', '/api/v1/me', app.cookies.Readonly).send({ name: '  Rosa  ' }).expect(204);
    const me = await app.call('get', '/api/v1/me', app.cookies.Readonly).expect(200);
    expect(me.body.user.name).toBe('Rosa');
    await app.call('patch', '/api/v1/me', app.cookies.Readonly).send({ name: ' ' }).expect(422);
    expect((await app.trail())[0]).toMatchObject({
      action: 'user.rename',
      details: { before: { name: 'Readonly of Contoso' }, after: { name: 'Rosa' } },
    });
  });
});
