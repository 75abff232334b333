import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type request from 'supertest';
import { emailOf, startTenancyApp, type TenancyApp } from './tenancy-app.js';

describe('who may call', () => {
  let tenancy: TenancyApp;
  let readonly: string;
  let operator: string;
  let stranger: string;
  beforeAll(async () => {
    tenancy = await startTenancyApp();
    readonly = await tenancy.signIn(emailOf('Readonly'));
    operator = await tenancy.signIn(emailOf('Operator'));
    stranger = await tenancy.signIn('owner@fabrikam.example');
  });
  afterAll(() => tenancy.close());

  const get = (path: string, cookie: string): request.Test =>
    tenancy.http().get(`/api/v1/tenants/${path}`).set('cookie', cookie);
  const post = (path: string, cookie: string, body?: object): request.Test =>
    tenancy.http().post(`/api/v1/tenants/${path}`).set('cookie', cookie).send(body);

  it('answers a foreign, an unknown and an impossible tenant alike', async () => {
    const answers: request.Response[] = [];
    for (const id of [tenancy.contoso, randomUUID(), 'not-a-uuid', '1']) {
      answers.push(await get(id, stranger).expect(403), await post(`${id}/probe`, stranger, {}).expect(403));
    }
    const bodies = answers.map(({ body }) => JSON.stringify({ ...body, correlationId: '' }));
    expect(new Set(bodies).size).toBe(1);
    expect(answers[0]?.body.code).toBe('access.denied');
  });

  it('shows a member his tenant', async () => {
    const answer = await get(tenancy.contoso.toUpperCase(), readonly).expect(200);
    expect(answer.body).toEqual({
      id: tenancy.contoso,
      name: 'Contoso',
      role: 'Readonly',
      entraTenantId: tenancy.entraTenantId,
      graphConnection: { kind: 'secret', clientIdEnd: '', updatedAt: expect.any(String) },
    });
    expect((await get(tenancy.fabrikam, stranger).expect(200)).body.graphConnection).toBeNull();
  });

  it('lists only his own tenants', async () => {
    const answer = await tenancy.http().get('/api/v1/tenants').set('cookie', stranger).expect(200);
    expect(answer.body).toEqual({
      items: [{ id: tenancy.fabrikam, name: 'Fabrikam', role: 'Owner' }],
      nextCursor: null,
    });
  });

  it('lets a role do what it holds, and names the role that it would need', async () => {
    await get(`${tenancy.contoso}/probe`, readonly).expect(200);
    const refused = await post(`${tenancy.contoso}/probe`, readonly, { nonsense: true }).expect(403);
    expect(refused.body).toMatchObject({
      code: 'access.role_required',
      requiredRole: 'Operator',
      role: 'Readonly',
    });
    await post(`${tenancy.contoso}/probe`, operator, { name: 'x', inner: { count: 1 } }).expect(201);
  });

  it('gives handlers the tenant, the actor and the correlation id, also after reading a body', async () => {
    const read = await get(`${tenancy.contoso}/probe`, operator).set('x-correlation-id', 'caller-0001').expect(200);
    const actor = { kind: 'user', userId: expect.any(String), name: 'Operator of Contoso' };
    expect(read.headers['x-correlation-id']).toBe('caller-0001');
    expect(read.body).toEqual({
      scope: { tenantId: tenancy.contoso },
      actor,
      context: { correlationId: 'caller-0001', address: '127.0.0.1', tenantId: tenancy.contoso, actor },
    });
    const body = { name: 'x', inner: { count: 1 } };
    const written = await post(`${tenancy.contoso}/probe`, operator, body).set('x-correlation-id', 'bad id\t');
    expect(written.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(written.body.context.correlationId).toBe(written.headers['x-correlation-id']);
  });

  it('takes effect at once when a membership ends', async () => {
    const manager = await tenancy.signIn(emailOf('Manager'));
    await get(tenancy.contoso, manager).expect(200);
    await tenancy.db.database.query(
      `DELETE FROM memberships USING users WHERE users.id = memberships.user_id AND users.email = $1`,
      [emailOf('Manager')],
    );
    await get(tenancy.contoso, manager).expect(403);
  });
});

describe('API tokens', () => {
  let tenancy: TenancyApp;
  let cookie: string;
  beforeAll(async () => {
    tenancy = await startTenancyApp();
    cookie = await tenancy.signIn(emailOf('Operator'));
  });
  afterAll(() => tenancy.close());

  const create = (body: object): request.Test =>
    tenancy.http().post('/api/v1/me/api-tokens').set('cookie', cookie).send(body);
  const bearer = (token: string): request.Test =>
    tenancy.http().get('/api/v1/me').set('authorization', `Bearer ${token}`);

  it('stand for their user, without a session, and are kept only as a digest', async () => {
    const { body } = await create({ name: 'nightly' }).expect(201);
    expect(Object.keys(body).sort()).toEqual(['id', 'token']);
    expect(body.token).toMatch(/^ta_[A-Za-z0-9_-]{43}$/);
    const me = await bearer(body.token).expect(200);
    expect(me.body.user.email).toBe(emailOf('Operator'));
    expect(me.headers['set-cookie']).toBeUndefined();
    const rows = await tenancy.db.database.query<{ row: string; used: boolean }>(
      `SELECT api_tokens::text AS row, last_used_at IS NOT NULL AS used FROM api_tokens WHERE id = $1`,
      [body.id],
    );
    expect(rows[0]?.used).toBe(true);
    expect(rows[0]?.row).not.toContain(body.token);
    expect(rows[0]?.row).not.toContain(Buffer.from(body.token as string).toString('hex'));
  });

  it('may make another token, from anywhere', async () => {
    const { body } = await create({ name: 'first' }).expect(201);
    await tenancy
      .http()
      .post('/api/v1/me/api-tokens')
      .set('authorization', `Bearer ${body.token}`)
      .set('origin', 'https://elsewhere.example')
      .send({ name: 'second' })
      .expect(201);
  });

  it('are refused when unknown, malformed, expired or revoked, even beside a session', async () => {
    const { body } = await create({ name: 'short', expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
    await bearer(body.token).expect(200);
    await tenancy.db.database.query(`UPDATE api_tokens SET expires_at = now() WHERE id = $1`, [body.id]);
    const revoked = (await create({ name: 'revoked' })).body;
    await tenancy.http().delete(`/api/v1/me/api-tokens/${revoked.id}`).set('cookie', cookie).expect(204);
    for (const token of [body.token, revoked.token, `ta_${'A'.repeat(43)}`, 'nonsense', 'a b', '']) {
      const answer = await bearer(token).set('cookie', cookie).expect(401);
      expect(answer.body.code).toBe('auth.invalid_token');
    }
  });

  it('are listed newest first, without the token, page by page', async () => {
    for (const name of ['one', 'two', 'three']) await create({ name }).expect(201);
    const list = (query: string): request.Test =>
      tenancy.http().get(`/api/v1/me/api-tokens?${query}`).set('cookie', cookie);
    const first = await list('limit=2').expect(200);
    expect(namesOf(first.body.items, 'name')).toEqual(['three', 'two']);
    expect(JSON.stringify(first.body)).not.toContain('ta_');
    const second = await list(`limit=2&cursor=${first.body.nextCursor}`).expect(200);
    expect(second.body.items[0].name).toBe('one');
    expect((await list('cursor=zzz').expect(400)).body.code).toBe('request.invalid_cursor');
    expect((await list('limit=101').expect(422)).body.errors).toEqual([
      { field: 'limit', message: 'must not be greater than 100' },
    ]);
  });

  it('are revoked by their user only', async () => {
    const { body } = await create({ name: 'mine' }).expect(201);
    const other = await tenancy.signIn(emailOf('Owner'));
    for (const id of [body.id, '999999', 'x', '99999999999999999999']) {
      const answer = await tenancy.http().delete(`/api/v1/me/api-tokens/${id}`).set('cookie', other).expect(403);
      expect(answer.body.code).toBe('access.denied');
    }
    await bearer(body.token).expect(200);
  });

  it('need a name and a time that is still to come', async () => {
    expect(namesOf((await create({}).expect(422)).body.errors, 'field')).toContain('name');
    for (const expiresAt of ['2001-01-01T00:00:00Z', 'tomorrow', '2999-W05', 5]) {
      const answer = await create({ name: 'x', expiresAt }).expect(422);
      expect(answer.body.errors[0].field).toBe('expiresAt');
    }
  });
});

function namesOf(rows: Record<string, string>[], key: string): unknown[] {
  return rows.map((row) => row[key]);
}
