import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Test } from 'supertest';
import { attackedApp, type ApiOperation, type AttackedApp } from './attacked-app.js';
import { expectProblem } from './expect-problem.js';
import { rawAnswer } from './raw-answer.js';

// The whole product, as an attacker with a terminal meets it. What is asked of every address comes from the OpenAPI
// document, so that an address added later is attacked too.

const UNKNOWN_ID = '999999999';
const MALFORMED_IDS = [
  '0',
  '-1',
  '01',
  '1e3',
  'abc',
  '9223372036854775808',
  '%00',
  '1%0d%0aX-Evil:1',
  "1'%20OR%201=1--",
];
const FORGED_COOKIES = ['', 'garbage', 's%3Aforged.forged', 's%3A%00.%00', '%'].map(
  (value) => `tenantatlas.sid=${value}`,
);

describe('bad input', () => {
  let attacked: AttackedApp;

  beforeAll(async () => {
    attacked = await attackedApp();
  }, 120_000);
  afterAll(() => attacked?.app.stop(), 60_000);

  const at = (path: string, ids: Partial<Record<string, string>> = {}): string =>
    path.replace(
      /\{(\w+)\}/g,
      (_, name: string) => ids[name] ?? (name === 'tenantId' ? attacked.own.tenant : UNKNOWN_ID),
    );
  const call = ({ method, path }: Pick<ApiOperation, 'method' | 'path'>, body: object = {}): Test =>
    method === 'get' ? attacked.http.get(path) : attacked.http[method](path).send(body);
  const asOwner = (operation: Pick<ApiOperation, 'method' | 'path'>, body?: object): Test =>
    call(operation, body).set('cookie', attacked.owner.cookie);
  const guarded = (): ApiOperation[] =>
    attacked.operations.filter(
      ({ path }) =>
        !/\/(health|metrics|auth\/login|auth\/entra(\/start|\/callback)?$|v1\/invitations\/(open|accept)$)/.test(path),
    );
  const logIn = (body: string | object): Test => attacked.http.post('/api/v1/auth/login').type('json').send(body);

  describe('at the door', () => {
    it('answers an unknown e-mail as a wrong password', async () => {
      const [wrong, unknown] = [
        await logIn({ email: 'manager@contoso.example', password: 'hunter2' }),
        await logIn({ email: 'nobody@contoso.example', password: 'hunter2' }),
      ];
      for (const answer of [wrong, unknown]) expectProblem(answer, 401, 'auth.invalid_credentials');
      expect({ ...unknown.body, correlationId: '' }).toEqual({ ...wrong.body, correlationId: '' });
    });

    it('stops guessing, even with the right password at last', async () => {
      const user = attacked.app.users.find(({ role }) => role === 'Operator');
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 20; attempt += 1) {
        statuses.push((await logIn({ email: user?.email, password: `hunter2 ${attempt}` })).status);
      }
      expect(new Set(statuses.slice(0, 5))).toEqual(new Set([401]));
      expect(new Set(statuses.slice(5))).toEqual(new Set([429]));
      const answer = await logIn({ email: user?.email, password: user?.password });
      expectProblem(answer, 429);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    });

    it('takes no stranger, and no cookie or token that it did not give', async () => {
      expect(guarded().length).toBeGreaterThan(30);
      for (const { method, path } of guarded()) {
        const here = { method, path: at(path) };
        expectProblem(await call(here), 401, 'auth.required');
        for (const cookie of FORGED_COOKIES)
          expectProblem(await call(here).set('cookie', cookie), 401, 'auth.required');
        expectProblem(await call(here).set('authorization', `Bearer ta_${'a'.repeat(43)}`), 401);
        expectProblem(await call(here).set('authorization', 'Bearer'), [400, 401]);
      }
    });

    it('takes no change from another site', async () => {
      for (const operation of guarded().filter(({ method }) => method !== 'get')) {
        const here = { ...operation, path: at(operation.path) };
        for (const [name, value] of [
          ['origin', 'https://evil.example'],
          ['origin', 'null'],
          ['sec-fetch-site', 'cross-site'],
          ['sec-fetch-site', 'same-site'],
        ] as const) {
          expectProblem(await asOwner(here).set(name, value), 403, 'request.cross_site');
        }
        const form = attacked.http[operation.method](here.path).set('cookie', attacked.owner.cookie);
        expectProblem(await form.type('form').send('a=b'), 403, 'request.cross_site');
      }
    });
  });

  describe('from a member', () => {
    it('opens no other tenant, and does not say whether it exists', async () => {
      const tenants = [attacked.foreign.tenant, '00000000-0000-0000-0000-000000000000', 'x', '1', '%00', "1'--"];
      for (const operation of guarded().filter(({ path }) => path.includes('{tenantId}'))) {
        for (const tenantId of tenants) {
          expectProblem(await asOwner({ ...operation, path: at(operation.path, { tenantId }) }), 403, 'access.denied');
        }
      }
    });

    it('who may only read starts nothing', async () => {
      for (const operation of guarded().filter(({ path, method }) => path.includes('{tenantId}') && method !== 'get')) {
        const answer = await call({ ...operation, path: at(operation.path) }).set('cookie', attacked.readonly.cookie);
        expectProblem(answer, 403, 'access.role_required');
      }
    });

    it('answers a foreign, an unknown and a malformed id alike', async () => {
      const { run, policy, syncRun, set, finding } = attacked.foreign;
      const addresses: [ApiOperation['method'], string, string, object?][] = [
        ['get', '/operations/*', run],
        ['get', '/operations/*/items', run],
        ['get', '/operations/*/events', run],
        ['get', '/inventory/policies/*', policy],
        ['get', '/inventory/policies/*/versions', policy],
        ['get', '/inventory/sync-runs/*', syncRun],
        ['get', '/drift/findings/*', finding],
        ['post', '/drift/findings/*/acknowledge', finding],
        ['get', '/backup-sets/*', set],
        ['get', '/backup-sets/*/items', set],
        ['post', '/backup-sets/*/policies', set, { policyIds: [attacked.own.policy] }],
      ];
      for (const [method, address, foreign, body] of addresses) {
        const answers: unknown[] = [];
        for (const id of [foreign, UNKNOWN_ID, ...MALFORMED_IDS]) {
          const path = `/api/v1/tenants/${attacked.own.tenant}${address.replace('*', id)}`;
          const answer = await asOwner({ method, path }, body);
          expectProblem(answer, 403, 'access.denied');
          expect(answer.headers).not.toHaveProperty('x-evil');
          answers.push({ ...answer.body, correlationId: '' });
        }
        expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      }
    });
  });

  describe('in a list', () => {
    const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    /** They fit no list. */
    const forged = [
      ...['x', '%', 'AAAA', "'", 'a'.repeat(2000)],
      ...[null, 5, {}, [], [[]], [null], [1, 2], ['x'], ['-1'], ['9223372036854775808'], ['\0'], ['x', '\0']].map(
        encoded,
      ),
    ];
    /** They may fit a list that is sorted by text, but not one that is sorted by time. */
    const misplaced = [
      'yesterday',
      'infinity',
      '2026-02-30T00:00:00Z',
      '0000-01-01T00:00:00Z',
      '2026-01-01 (x)',
    ].flatMap((time) => [encoded([time, '1']), encoded([time, '00000000-0000-0000-0000-000000000000'])]);
    const lists = (): string[] =>
      guarded()
        .filter(({ method, query }) => method === 'get' && query.includes('cursor'))
        .map(({ path }) => {
          const { run, policy, set } = attacked.own;
          return at(path, { runId: run, id: path.includes('policies') ? policy : set });
        });

    it('refuses a cursor that it did not give', async () => {
      expect(lists().length).toBeGreaterThan(10);
      for (const path of lists()) {
        const plain = await asOwner({ method: 'get', path });
        // A list of a thing that this test does not have answers as a foreign one.
        const refusals = plain.status === 200 ? [400, 422] : [400, 403, 422];
        if (plain.status !== 200) expectProblem(plain, 403, 'access.denied');
        for (const cursor of forged) {
          const answer = await asOwner({ method: 'get', path }).query({ cursor });
          expectProblem(answer, refusals);
        }
        for (const cursor of misplaced) {
          const answer = await asOwner({ method: 'get', path }).query({ cursor });
          if (answer.status !== 200) expectProblem(answer, refusals);
        }
      }
    });

    it('refuses a limit that is none', async () => {
      for (const path of lists()) {
        for (const limit of ['0', '-1', '1e9', '101', 'abc', '1.5', '']) {
          expectProblem(await asOwner({ method: 'get', path }).query({ limit }), 422, 'request.invalid');
        }
      }
    });

    it('takes any text to search for as text', async () => {
      const policies = `/api/v1/tenants/${attacked.own.tenant}/inventory/policies`;
      const found = async (q: string): Promise<unknown[]> =>
        (await asOwner({ method: 'get', path: policies }).query({ q, limit: 100 }).expect(200)).body.items as unknown[];
      expect((await found('')).length).toBeGreaterThan(10);
      for (const q of ['%%%', '__%__', "'; DROP TABLE users; --", '\\', '"<script>'])
        expect(await found(q)).toEqual([]);
      for (const q of ['a\0b', 'x'.repeat(10_000)]) {
        expectProblem(await asOwner({ method: 'get', path: policies }).query({ q }), 422, 'request.invalid');
      }
    });
  });

  describe('in a body', () => {
    it('says of what is no JSON object that it is none', async () => {
      expectProblem(await logIn('{"email":'), 400, 'request.malformed_json');
      for (const body of ['[]', '"text"', '5', 'null']) expectProblem(await logIn(body), [400, 422]);
      expectProblem(await logIn(`{"email":${'['.repeat(200_000)}${']'.repeat(200_000)}}`), 422, 'request.invalid');
      expectProblem(await logIn({ email: 'x'.repeat(2_000_000), password: 'hunter2' }), 413, 'request.too_large');
      const text = attacked.http.post('/api/v1/auth/login').type('text/plain').send('hunter2');
      expectProblem(await text, 415, 'request.unsupported_media_type');
    });

    it('names the fields that are wrong, without their values', async () => {
      const answer = await logIn({ email: 'a\0', password: ['hunter2'], role: 'Owner' });
      expectProblem(answer, 422, 'request.invalid');
      const wrong = await logIn({ email: 'x'.repeat(100_000), password: ['hunter2'], role: 'Owner' });
      expectProblem(wrong, 422, 'request.invalid');
      const fields = (wrong.body.errors as { field: string }[]).map(({ field }) => field);
      expect(new Set(fields)).toEqual(new Set(['email', 'password', 'role']));
    });

    it('takes null for a field that was left out', async () => {
      const path = `/api/v1/tenants/${attacked.own.tenant}/inventory/sync`;
      await asOwner({ method: 'post', path }, { selection: null }).expect(202);
    });
  });

  describe('at an address that is none', () => {
    it('says so, as a problem', async () => {
      for (const path of [
        '/api',
        '/api/v2/me',
        '/api/v1/nothing',
        '/API/v1/nothing',
        '/health/nothing',
        '/assets/a.js',
      ]) {
        expectProblem(await asOwner({ method: 'get', path }), 404, 'request.not_found');
      }
      expectProblem(await asOwner({ method: 'delete', path: '/api/v1/me' }), [404, 405]);
      expectProblem(await asOwner({ method: 'post', path: '/policies' }), 404, 'request.not_found');
      expectProblem(await asOwner({ method: 'get', path: '/api/v1/%ff' }), 400, 'request.malformed');
    });

    it.each(['/../../../package.json', '/assets/../../../package.json', '/assets/..%2f..%2f..%2fpackage.json'])(
      'serves no file outside the web UI: %s',
      async (path) => {
        const answer = await rawAnswer(new URL(attacked.app.url).port, `GET ${path} HTTP/1.0\r\n\r\n`);
        expect(answer).toMatch(/^HTTP\/1\.1 /);
        expect(answer).not.toContain('"dependencies"');
      },
    );
  });
});
