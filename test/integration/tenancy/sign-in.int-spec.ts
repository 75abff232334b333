import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cookieOf, emailOf, PASSWORD, setCookies, startTenancyApp, type TenancyApp } from './tenancy-app.js';

describe('signing in', () => {
  let tenancy: TenancyApp;
  beforeAll(async () => {
    tenancy = await startTenancyApp();
  });
  afterAll(() => tenancy.close());

  const login = (email: string, password: string) =>
    tenancy.http().post('/api/v1/auth/login').send({ email, password });

  it('answers the user and a cookie that scripts cannot read', async () => {
    const answer = await login(emailOf('Owner'), PASSWORD).expect(200);
    expect(answer.body.user).toEqual({
      id: expect.any(String),
      name: 'Owner of Contoso',
      email: 'owner@contoso.example',
    });
    const [cookie] = setCookies(answer);
    expect(cookie).toMatch(/^tenantatlas\.sid=/);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure/);
  });

  it('takes the e-mail in any case', async () => {
    await login('OWNER@Contoso.Example', PASSWORD).expect(200);
  });

  it('answers a wrong password and an unknown e-mail alike', async () => {
    const wrong = await login(emailOf('Owner'), 'wrong').expect(401);
    const unknown = await login('nobody@contoso.example', 'wrong').expect(401);
    expect(wrong.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(wrong.body).toEqual({
      type: 'urn:tenantatlas:problem:auth.invalid_credentials',
      title: 'Unauthorized',
      status: 401,
      code: 'auth.invalid_credentials',
      detail: expect.any(String),
      correlationId: wrong.headers['x-correlation-id'],
    });
    expect({ ...unknown.body, correlationId: '' }).toEqual({ ...wrong.body, correlationId: '' });
    expect(setCookies(wrong)).toEqual([]);
  });

  it('does not sign in a disabled user, and ends his sessions', async () => {
    const cookie = await tenancy.signIn(emailOf('Manager'));
    await tenancy.db.database.query(`UPDATE users SET disabled_at = now() WHERE email = $1`, [emailOf('Manager')]);
    await tenancy.http().get('/api/v1/me').set('cookie', cookie).expect(401);
    await login(emailOf('Manager'), PASSWORD).expect(401);
    await tenancy.db.database.query(`UPDATE users SET disabled_at = NULL`);
  });

  it('begins a new session, so that one planted before is worth nothing', async () => {
    const planted = await tenancy.signIn(emailOf('Readonly'));
    const answer = await login(emailOf('Owner'), PASSWORD).set('cookie', planted).expect(200);
    expect(cookieOf(answer)).not.toEqual(planted);
    await tenancy.http().get('/api/v1/me').set('cookie', planted).expect(401);
    const me = await tenancy.http().get('/api/v1/me').set('cookie', cookieOf(answer)).expect(200);
    expect(me.body.user.name).toBe('Owner of Contoso');
  });

  it('refuses a cookie that it did not sign', async () => {
    await tenancy.http().get('/api/v1/me').set('cookie', 'tenantatlas.sid=s%3Aforged.signature').expect(401);
  });

  it('signs out on the server', async () => {
    const cookie = await tenancy.signIn(emailOf('Owner'));
    const answer = await tenancy.http().post('/api/v1/auth/logout').set('cookie', cookie).expect(204);
    expect(setCookies(answer)[0]).toMatch(/^tenantatlas\.sid=;.*Expires=Thu, 01 Jan 1970/);
    await tenancy.http().get('/api/v1/me').set('cookie', cookie).expect(401);
  });

  it('says who is signed in, and where he is a member', async () => {
    const cookie = await tenancy.signIn(emailOf('Operator'));
    const me = await tenancy.http().get('/api/v1/me').set('cookie', cookie).expect(200);
    expect(me.body.memberships).toEqual([{ tenantId: tenancy.contoso, tenantName: 'Contoso', role: 'Operator' }]);
    expect(me.headers['cache-control']).toBe('no-store');
  });

  it('asks for a sign-in where there is none', async () => {
    const answer = await tenancy.http().get('/api/v1/me').expect(401);
    expect(answer.body.code).toBe('auth.required');
    expect(setCookies(answer)).toEqual([]);
  });
});

describe('guessing passwords', () => {
  let tenancy: TenancyApp;
  beforeAll(async () => {
    tenancy = await startTenancyApp({
      limits: {
        perAccount: { attempts: 3, windowSeconds: 600 },
        perAddress: { attempts: 12, windowSeconds: 600 },
      },
    });
  });
  afterAll(() => tenancy.close());

  const login = (email: string, password: string) =>
    tenancy.http().post('/api/v1/auth/login').send({ email, password });

  it('is stopped per account, even with the right password and all at once', async () => {
    const email = emailOf('Owner');
    const answers = await Promise.all(Array.from({ length: 6 }, () => login(email, 'wrong')));
    expect(answers.map((answer) => answer.status).sort()).toEqual([401, 401, 401, 429, 429, 429]);
    const refused = await login(email, PASSWORD).expect(429);
    expect(refused.body.code).toBe('auth.too_many_attempts');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await login(emailOf('Operator'), PASSWORD).expect(200);
  });

  it('does not count what succeeds', async () => {
    for (let i = 0; i < 5; i += 1) await login(emailOf('Readonly'), PASSWORD).expect(200);
  });

  it('is stopped per address over many accounts', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 10; i += 1) statuses.push((await login(`guess${i}@contoso.example`, 'wrong')).status);
    expect(statuses).toContain(401);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('guessing a password behind a proxy', () => {
  let tenancy: TenancyApp;
  beforeAll(async () => {
    tenancy = await startTenancyApp({
      environment: 'production',
      limits: {
        perAccount: { attempts: 3, windowSeconds: 600 },
        perAddress: { attempts: 100, windowSeconds: 600 },
      },
    });
  });
  afterAll(() => tenancy.close());

  it.each([
    ['from many ports of one address', 'Owner', (guess: number) => `203.0.113.9:${4711 + guess}`],
    ['from many addresses of one network', 'Manager', (guess: number) => `2001:db8:1:2::${guess}`],
    ['from what is no address', 'Operator', (guess: number) => `unknown${guess}`],
  ] as const)('is stopped %s', async (_, role, from) => {
    const statuses: number[] = [];
    for (let guess = 1; guess <= 4; guess += 1) {
      const attempt = tenancy
        .http()
        .post('/api/v1/auth/login')
        .set('x-forwarded-for', `198.51.100.1, ${from(guess)}`);
      statuses.push((await attempt.send({ email: emailOf(role), password: 'wrong' })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 429]);
  });
});

describe('in production', () => {
  let tenancy: TenancyApp;
  beforeAll(async () => {
    tenancy = await startTenancyApp({ environment: 'production' });
  });
  afterAll(() => tenancy.close());

  it('the cookie is Secure and browsers are told to stay on https', async () => {
    const answer = await tenancy
      .http()
      .post('/api/v1/auth/login')
      .set('x-forwarded-proto', 'https')
      .send({ email: emailOf('Owner'), password: PASSWORD })
      .expect(200);
    expect(setCookies(answer)[0]).toMatch(/Secure/);
    expect(answer.headers['strict-transport-security']).toBeDefined();
  });
});
