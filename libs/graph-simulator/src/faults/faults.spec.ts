import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { DEMO_CONTOSO } from '../demo/demo-credentials.js';

const COMPLIANCE = '/beta/deviceManagement/deviceCompliancePolicies';

describe('faults and budgets', () => {
  let simulator: RunningSimulator;
  let token: string;
  let dice = 0;
  let time = Date.now();

  beforeAll(async () => {
    simulator = await RunningSimulator.start({
      random: () => dice,
      now: () => time,
      intuneLimit: { requests: 5, seconds: 10 },
    });
    token = await simulator.token();
  });
  afterAll(() => simulator.close());
  beforeEach(async () => {
    time += 10_000;
    await simulator.control('DELETE', '/faults');
  });

  const rules = (...list: object[]) => simulator.control('PUT', '/faults', { rules: list });

  it('forbids a type in the shape of Intune, and groups in that of Entra', async () => {
    await rules(
      { match: '/deviceManagement/deviceCompliancePolicies', status: 403 },
      { match: '/groups', status: 403 },
    );
    const answer = await simulator.graph(COMPLIANCE, token);
    expect(answer.status).toBe(403);
    const { error } = answer.json as { error: { code: string; message: string } };
    expect(error.code).toBe('Forbidden');
    expect((JSON.parse(error.message) as { Message: string }).Message).toContain(
      'Application is not authorized to perform this operation.',
    );
    expect((await simulator.graph('/beta/groups', token)).json).toMatchObject({
      error: { code: 'Authorization_RequestDenied' },
    });
    expect((await simulator.graph('/beta/deviceManagement/deviceConfigurations', token)).status).toBe(200);
  });

  it('nests the message of a refusal twice, with whatever status', async () => {
    await rules({ match: COMPLIANCE, kind: 'twice-nested', status: 401 });
    const { status, json } = await simulator.graph(COMPLIANCE, token);
    const { code, message } = json.error as { code: string; message: string };
    const outer = JSON.parse(message) as { ErrorCode: string; Message: string };
    const inner = JSON.parse(outer.Message) as { Message: string };
    expect([status, code, outer.ErrorCode]).toEqual([401, 'UnknownError', 'Forbidden']);
    expect(inner.Message).toMatch(/^An error has occurred - Operation ID/);
  });

  it('strikes as often as told, and by chance', async () => {
    await rules({ match: COMPLIANCE, status: 503, times: 1, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' });
    const first = await simulator.graph(COMPLIANCE, token);
    expect([first.status, first.headers.get('retry-after')]).toEqual([503, 'Wed, 21 Oct 2026 07:28:00 GMT']);
    expect((await simulator.graph(COMPLIANCE, token)).status).toBe(200);
    await rules({ match: COMPLIANCE, status: 504, probability: 0.5 });
    dice = 0.7;
    expect((await simulator.graph(COMPLIANCE, token)).status).toBe(200);
    dice = 0.2;
    const last = await simulator.graph(COMPLIANCE, token);
    expect([last.status, last.headers.get('retry-after')]).toEqual([504, null]);
  });

  it('breaks the connection, cuts JSON short, answers a page, repeats a link', async () => {
    await rules({ match: COMPLIANCE, kind: 'reset' });
    await expect(simulator.graph(COMPLIANCE, token)).rejects.toThrow();
    await rules({ match: COMPLIANCE, kind: 'truncate' });
    const cut = await simulator.graph(COMPLIANCE, token);
    expect(cut.status).toBe(200);
    expect(() => JSON.parse(cut.text) as unknown).toThrow(SyntaxError);
    await rules({ match: COMPLIANCE, kind: 'html', status: 503 });
    const page = await simulator.graph(COMPLIANCE, token);
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    await rules({ match: COMPLIANCE, kind: 'duplicate-next-link' });
    const { json } = await simulator.graph(`${COMPLIANCE}?$top=1`, token);
    expect(json['@odata.nextLink']).toBe(`${simulator.graphOrigin}${COMPLIANCE}?$top=1`);
    const { json: log } = await simulator.control('GET', '/requests');
    expect(
      (log.items as { status: number | null; fault: boolean }[]).some((entry) => entry.status === null && entry.fault),
    ).toBe(true);
  });

  it('breaks the connection in the middle of the body, and answers JSON as plain text', async () => {
    await rules({ match: COMPLIANCE, kind: 'reset-body' });
    const answer = await fetch(simulator.graphOrigin + COMPLIANCE, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    await rules({ match: COMPLIANCE, kind: 'wrong-type' });
    const plain = await simulator.graph(COMPLIANCE, token);
    expect([plain.status, plain.headers.get('content-type')]).toEqual([200, 'text/plain']);
    expect(plain.json.value).toBeDefined();
  });

  it('sends a delta query back to its beginning', async () => {
    await rules({ match: '/groups/delta', status: 410, times: 1 });
    const answer = await simulator.graph('/v1.0/groups/delta?$deltatoken=old', token);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      410,
      `${simulator.graphOrigin}/v1.0/groups/delta?$deltatoken=`,
    ]);
    expect((await simulator.graph(answer.headers.get('location') ?? '', token)).status).toBe(200);
  });

  it('strikes the token endpoint too', async () => {
    await rules({ match: '/oauth2/v2.0/token', status: 503 });
    const answer = await simulator.signIn(DEMO_CONTOSO);
    expect(answer.status).toBe(503);
    expect(answer.json).toMatchObject({ error: 'temporarily_unavailable', error_codes: [90033] });
  });

  it('delays and then answers', async () => {
    await rules({ match: COMPLIANCE, delayMs: 5 });
    expect((await simulator.graph(COMPLIANCE, token)).status).toBe(200);
  });

  it('throttles an app that asks too often, with the seconds to wait', async () => {
    for (let asked = 0; asked < 5; asked += 1) expect((await simulator.graph(COMPLIANCE, token)).status).toBe(200);
    const refused = await simulator.graph(COMPLIANCE, token);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    expect(refused.json).toMatchObject({
      error: { code: 'TooManyRequests', message: expect.stringContaining('Too many requests') },
    });
    expect((await simulator.graph('/beta/groups', token)).status).toBe(200);
    time += 10_000;
    expect((await simulator.graph(COMPLIANCE, token)).status).toBe(200);
  });

  it.each([
    ['no rules', {}],
    ['a rule without match', { rules: [{ status: 500 }] }],
    ['a status out of range', { rules: [{ match: '', status: 42 }] }],
    ['an unknown kind', { rules: [{ match: '', kind: 'flood' }] }],
    ['a rule that does nothing', { rules: [{ match: 'x' }] }],
    ['a header that would break the answer', { rules: [{ match: '', status: 429, retryAfter: 'a\r\nb' }] }],
  ])('refuses %s with a sentence', async (_case, body) => {
    const answer = await simulator.control('PUT', '/faults', body);
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      error: { code: 'control.invalid_faults', message: expect.stringMatching(/\.$/) },
    });
  });
});
