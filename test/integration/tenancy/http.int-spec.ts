import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type request from 'supertest';
import { emailOf, PASSWORD, startTenancyApp, type TenancyApp } from './tenancy-app.js';

describe('bad requests', () => {
  let tenancy: TenancyApp;
  let cookie: string;
  beforeAll(async () => {
    tenancy = await startTenancyApp();
    cookie = await tenancy.signIn(emailOf('Operator'));
  });
  afterAll(() => tenancy.close());

  const login = (): request.Test => tenancy.http().post('/api/v1/auth/login');
  const probe = (): request.Test =>
    tenancy.http().post(`/api/v1/tenants/${tenancy.contoso}/probe`).set('cookie', cookie);
  const problem = (answer: request.Response, status: number, code: string): void => {
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body.correlationId).toBe(answer.headers['x-correlation-id']);
  };

  it('names malformed JSON without quoting it', async () => {
    const answer = await login().set('content-type', 'application/json').send('{"password": "hunter2');
    problem(answer, 400, 'request.malformed_json');
    expect(answer.text).not.toContain('hunter2');
  });

  it('names every field that is missing, wrong or unknown, with its path', async () => {
    const answer = await probe().send({ inner: { count: 'many', extra: 1 }, typo: true });
    problem(answer, 422, 'request.invalid');
    expect(answer.body.errors).toEqual(
      expect.arrayContaining([
        { field: 'typo', message: 'is not a known field' },
        { field: 'name', message: 'must be a string' },
        { field: 'inner.extra', message: 'is not a known field' },
        { field: 'inner.count', message: 'must be an integer number' },
      ]),
    );
  });

  it('refuses bodies of another shape', async () => {
    for (const body of [[], [{}], {}, { email: 1, password: {} }, { email: '', password: '' }]) {
      problem(await login().send(body), 422, 'request.invalid');
    }
    problem(await login(), 422, 'request.invalid');
    problem(await login().send({ email: 'a\u0000b', password: 'x' }), 422, 'request.invalid');
    problem(await login().set('content-type', 'application/json').send('"text"'), 400, 'request.malformed_json');
  });

  it('refuses a body that is too large, in another encoding or of another type', async () => {
    problem(await login().send({ email: 'x'.repeat(1_100_000), password: 'x' }), 413, 'request.too_large');
    const latin = login().set('content-type', 'application/json; charset=latin1').send('{}');
    problem(await latin, 415, 'request.unsupported_media_type');
    problem(await login().type('form').send('email=a&password=b'), 415, 'request.unsupported_media_type');
  });

  it('answers unknown addresses and broken paths', async () => {
    problem(await tenancy.http().get('/api/v1/nothing'), 404, 'request.not_found');
    problem(await tenancy.http().put('/api/v1/auth/login').send({}), 404, 'request.not_found');
    problem(await tenancy.http().get('/api/v1/tenants/%FF'), 400, 'request.malformed');
  });

  it('says nothing of an unknown error', async () => {
    const answer = await tenancy.http().post(`/api/v1/tenants/${tenancy.contoso}/probe/fail`).set('cookie', cookie);
    problem(answer, 500, 'internal.error');
    expect(answer.text).not.toMatch(/hunter2|Error:|\.ts/);
  });
});

describe('requests from another site', () => {
  let tenancy: TenancyApp;
  let cookie: string;
  beforeAll(async () => {
    tenancy = await startTenancyApp();
    cookie = await tenancy.signIn(emailOf('Operator'));
  });
  afterAll(() => tenancy.close());

  const probe = (headers: Record<string, string>): request.Test =>
    tenancy
      .http()
      .post(`/api/v1/tenants/${tenancy.contoso}/probe`)
      .set({ cookie, ...headers })
      .send({ name: 'x', inner: { count: 1 } });

  it('are refused when the browser says so', async () => {
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ];
    for (const headers of foreign) {
      const answer = await probe(headers).expect(403);
      expect(answer.body.code).toBe('request.cross_site');
    }
  });

  it('are refused when they carry what a form can send', async () => {
    const form = tenancy.http().post('/api/v1/me/api-tokens').set('cookie', cookie).type('form').send('name=x');
    expect((await form.expect(403)).body.code).toBe('request.cross_site');
    const text = tenancy.http().post('/api/v1/me/api-tokens').set('cookie', cookie).type('text').send('{"name":"x"}');
    expect((await text.expect(403)).body.code).toBe('request.cross_site');
  });

  it('cannot sign a person in either', async () => {
    const body = { email: emailOf('Owner'), password: PASSWORD };
    await tenancy.http().post('/api/v1/auth/login').set('origin', 'https://evil.example').send(body).expect(403);
  });

  it('pass from the own origin, and from programs', async () => {
    await probe({ 'sec-fetch-site': 'same-origin' }).expect(201);
    await probe({ origin: 'http://atlas.example' }).expect(201);
    await probe({ origin: 'http://localhost:9', host: 'localhost:9' }).expect(201);
    await probe({}).expect(201);
  });
});

describe('the process', () => {
  let tenancy: TenancyApp;
  beforeAll(async () => {
    tenancy = await startTenancyApp();
  });
  afterAll(() => tenancy.close());

  it('says that it lives and can serve, outside the prefix and without a session', async () => {
    await tenancy.http().get('/health/live').expect(200, { status: 'ok' });
    const ready = await tenancy.http().get('/health/ready').expect(200);
    expect(ready.body).toMatchObject({ status: 'ok', checks: { database: 'ok', migrations: 'ok' } });
    expect(ready.headers['set-cookie']).toBeUndefined();
    expect(ready.headers['x-powered-by']).toBeUndefined();
    expect(ready.headers['content-security-policy']).toContain("default-src 'self'");
    await tenancy.http().get('/api/v1/health/live').expect(404);
  });
});
