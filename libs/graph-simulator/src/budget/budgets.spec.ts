import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { INTUNE_LIMIT, Throttle } from '../graph/throttle.js';
import { RetryAfterWriter } from './retry-after-form.js';
import { workloadOf } from './workload.js';

const POLICIES = '/deviceManagement/configurationPolicies';
const CONDITIONAL = '/identity/conditionalAccess/policies';

describe('budgets', () => {
  let now: number;
  let throttle: Throttle;
  const trace = { now: 0, requestId: 'r', clientRequestId: 'c', path: '/' };
  const ask = (target: string, { method = 'GET', appId = 'app', tenantId = 'tenant' } = {}) =>
    throttle.take({ method, target, tenantId, appId, users: 10 }, trace);
  const passed = (count: number, target: string, caller: { method?: string; appId?: string; tenantId?: string } = {}) =>
    Array.from({ length: count }, () => ask(target, caller)).filter(({ refusal }) => refusal === undefined).length;
  const withoutAppLimit = () => new Throttle(() => now, INTUNE_LIMIT, { requests: Infinity, seconds: 1 });

  beforeEach(() => {
    now = 1_000_000;
    throttle = new Throttle(() => now);
  });

  it('give an app 1000 requests of an Intune family in any 20 seconds, and each family its own', () => {
    expect(passed(600, POLICIES)).toBe(600);
    now += 10_000;
    expect(passed(500, POLICIES)).toBe(400);
    expect(passed(1100, '/deviceManagement/deviceConfigurations')).toBe(1000);
    expect(passed(5, '/deviceAppManagement/mobileApps')).toBe(5);
    expect(passed(1, POLICIES, { tenantId: 'other' })).toBe(1);
    now += 9_999;
    expect(passed(1, POLICIES)).toBe(0);
    now += 100_000;
    expect(passed(1001, POLICIES)).toBe(1000);
  });

  it('count writes besides, and all apps of a tenant together', () => {
    expect(passed(120, POLICIES, { method: 'POST' })).toBe(100);
    expect(passed(120, POLICIES, { method: 'PATCH', appId: 'second' })).toBe(100);
    expect(passed(1, POLICIES, { method: 'DELETE', appId: 'third' })).toBe(0);
    expect(passed(1000, POLICIES, { appId: 'fourth' })).toBe(1000);
    expect(passed(1000, POLICIES, { appId: 'fifth' })).toBe(800);
  });

  it('give an app 2000 requests in any second over all tenants and workloads, and refuse nobody else for it', () => {
    expect(passed(900, POLICIES)).toBe(900);
    expect(passed(900, POLICIES, { tenantId: 'other' })).toBe(900);
    now += 400;
    expect(passed(300, '/groups', { tenantId: 'third' })).toBe(200);
    const { refusal } = ask('/users', { tenantId: 'fourth' });
    expect(refusal).toMatchObject({ status: 429, headers: { 'Retry-After': '1' } });
    expect(refusal?.headers).not.toHaveProperty('x-ms-throttle-scope');
    expect(passed(300, '/groups', { tenantId: 'third', appId: 'second' })).toBe(300);
    now += 600;
    expect(passed(2000, '/groups', { tenantId: 'third' })).toBe(1800);
  });

  it('let one request a second through to conditional access, and name no wait', () => {
    expect(passed(1, CONDITIONAL)).toBe(1);
    const { refusal } = ask(CONDITIONAL, { appId: 'another' });
    expect(refusal).toMatchObject({ status: 429, body: { error: { message: 'Too many requests.' } } });
    expect(refusal?.headers).not.toHaveProperty('Retry-After');
    now += 1000;
    expect(passed(2, CONDITIONAL)).toBe(1);
  });

  it('cost the directory resource units, which fill up again', () => {
    throttle = withoutAppLimit();
    expect(ask('/groups').headers['x-ms-resource-unit']).toBe('1');
    expect(ask('/groups/x/members').headers['x-ms-resource-unit']).toBe('3');
    expect(ask('/groups/x/transitiveMembers?$select=id').headers['x-ms-resource-unit']).toBe('4');
    expect(ask('/users').headers['x-ms-resource-unit']).toBe('2');
    expect(ask('/users?$top=5&$select=id').headers['x-ms-resource-unit']).toBe('1');
    expect(ask('/users?$expand=manager').headers['x-ms-resource-unit']).toBe('3');
    const spent = 1 + 3 + 4 + 2 + 1 + 3;
    expect(passed(3000, '/groups')).toBe(3000);
    expect(ask('/groups').headers['x-ms-throttle-limit-percentage']).toBe('0.86');
    expect(passed(1000, '/groups')).toBe(3500 - 3001 - spent);
    const { refusal } = ask('/groups');
    expect(refusal?.headers).toMatchObject({
      'Retry-After': '1',
      'x-ms-throttle-scope': 'Tenant_Application/ReadWrite/app/tenant',
      'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
    });
    now += 1000;
    expect(passed(1000, '/groups')).toBe(350);
  });

  it.each([
    [49, 3500],
    [50, 5000],
    [500, 5000],
    [501, 8000],
  ])('give a tenant of %i users %i units', (users, units) => {
    throttle = withoutAppLimit();
    const call = { method: 'GET', target: '/groups', tenantId: 'tenant', appId: 'app', users };
    const answers = Array.from({ length: units + 1 }, () => throttle.take(call, trace).refusal?.status);
    expect(answers.indexOf(429)).toBe(units);
  });

  it('give the directory 3000 writes in 150 seconds', () => {
    for (let round = 0; round < 3; round += 1) {
      passed(1000, '/groups', { method: 'POST' });
      now += 10_000;
    }
    expect(ask('/groups', { method: 'POST' }).refusal?.headers['x-ms-throttle-information']).toBe('WriteLimitExceeded');
    expect(workloadOf('POST', '/directoryObjects/getByIds')).toMatchObject({ write: false, units: 3 });
  });

  it('punish who comes back early: refused again, and the wait starts anew', () => {
    passed(1000, POLICIES);
    const waitOf = () => ask(POLICIES).refusal?.headers['Retry-After'];
    expect(waitOf()).toBe('20');
    now += 500;
    expect(waitOf()).toBe('20');
    now += 14_500;
    expect(waitOf()).toBe('20');
    now += 19_999;
    expect(ask(POLICIES, { method: 'GET' }).refusal).toBeDefined();
    now += 20_000;
    expect(ask(POLICIES).refusal).toBeUndefined();
  });

  it('write the wait as seconds, as a decimal, as a date, or not at all', () => {
    const writer = new RetryAfterWriter('mixed');
    const at = Date.UTC(2026, 9, 21, 7, 28, 0, 300);
    expect([1, 2, 3, 4, 5].map(() => writer.write(at, at + 249))).toEqual([
      '1',
      '0.249',
      'Wed, 21 Oct 2026 07:28:01 GMT',
      undefined,
      '1',
    ]);
  });
});

describe('budgets over HTTP', () => {
  let simulator: RunningSimulator;
  let token: string;

  beforeEach(async () => {
    const clock = { mode: 'virtual', autoAdvance: false } as const;
    simulator = await RunningSimulator.start({ clock, intuneLimit: { requests: 30, seconds: 20 } });
    token = await simulator.token();
  });
  afterEach(() => simulator.close());

  it('count each member of a batch, and refuse each on its own', async () => {
    const requests = Array.from({ length: 20 }, (_, id) => ({
      id: String(id),
      method: 'GET',
      url: `${POLICIES}?$top=1`,
    }));
    const batch = async () => {
      const { json } = await simulator.graph('/beta/$batch', token, { method: 'POST', body: { requests } });
      const responses = json.responses as { status: number; headers: Record<string, string> }[];
      return responses.filter(({ status }) => status === 429).map(({ headers }) => headers['Retry-After']);
    };
    expect(await batch()).toEqual([]);
    expect(await batch()).toEqual(Array.from({ length: 10 }, () => '20'));
    await simulator.control('POST', '/clock/advance', { ms: 20_000 });
    expect(await batch()).toEqual([]);
  });

  it('take the form of the wait from the control API', async () => {
    await simulator.control('PUT', '/knobs', { retryAfter: 'none' });
    let last = await simulator.graph(`/beta${POLICIES}`, token);
    for (let asked = 1; asked <= 30; asked += 1) last = await simulator.graph(`/beta${POLICIES}?$top=1`, token);
    expect([last.status, last.headers.get('retry-after')]).toEqual([429, null]);
    expect((await simulator.control('PUT', '/knobs', { retryAfter: 'never' })).status).toBe(400);
    const groups = await simulator.graph('/v1.0/groups', token);
    expect(groups.headers.get('x-ms-resource-unit')).toBe('1');
  });
});
