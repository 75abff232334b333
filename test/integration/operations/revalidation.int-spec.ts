import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import type { RunView } from '../../../src/modules/operations/operation-run.service.js';
import { LiveProcesses, type Follower, type LiveProcess } from './live-processes.js';
import { eventually } from '../../support/eventually.js';

// Real here: the API on a port, PostgreSQL, the engine with a worker. Replaced: the handler's work.

describe('an answer of Monitoring that the caller has already', () => {
  let processes: LiveProcesses;
  let api: LiveProcess;
  let member: Follower;
  let run: RunView;

  beforeAll(async () => {
    processes = await LiveProcesses.on();
    api = await processes.start({ worker: true });
    [member] = (await processes.tenant(api)) as [Follower];
    run = await worked();
  });
  afterAll(() => processes?.close());

  const worked = async (): Promise<RunView> => {
    api.script((_, context) => {
      context.item({ itemId: 'a', kind: 'thing', result: 'success' });
      return Promise.resolve({ stop: 'finished' });
    });
    const { id } = await api.start(member);
    return eventually(async () => {
      const found = await api.detail(member, id);
      return found.status === 'completed' ? found : undefined;
    });
  };
  const pathTo = (what: string): string => `/tenants/${member.tenantId}/operations${what.replace(':run', run.id)}`;
  const POLLED = [
    '',
    '?outcome=succeeded&limit=5',
    '/summary',
    '/active',
    '/active?mine=true',
    '/:run',
    '/:run/items',
    '/:run/events',
  ];

  it.each(POLLED)('is not sent again: %s', async (what) => {
    const first = await api.call(member, pathTo(what));
    const body = await first.text();
    const etag = first.headers.get('etag') ?? '';
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    expect(etag).toMatch(/^W\/"[^"]+"$/);
    const again = await api.call(member, pathTo(what), { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const browser = await request(`${api.url}/api/v1${pathTo(what)}`, {
      headers: { cookie: member.cookie, 'if-none-match': etag, 'cache-control': 'max-age=0' },
    });
    expect([browser.statusCode, await browser.body.text()]).toEqual([304, '']);
    const packed = await api.call(member, pathTo(what), {
      headers: { 'if-none-match': `"other", ${etag}`, 'accept-encoding': 'gzip' },
    });
    expect(packed.status).toBe(304);
    const stale = await api.call(member, pathTo(what), { headers: { 'if-none-match': 'W/"other"' } });
    expect([stale.status, await stale.text()]).toEqual([200, body]);
  });

  it('is sent again once something changed', async () => {
    const paths = ['', '/summary'].map(pathTo);
    const before = await Promise.all(
      paths.map(async (path) => (await api.call(member, path)).headers.get('etag') ?? ''),
    );
    await worked();
    for (const [i, path] of paths.entries()) {
      const after = await api.call(member, path, { headers: { 'if-none-match': before[i] ?? '' } });
      expect(after.status).toBe(200);
      expect(after.headers.get('etag')).not.toBe(before[i]);
    }
  });

  it('is refused to who may not see it, whatever he has, and refusals are not kept', async () => {
    const [stranger] = (await processes.tenant(api)) as [Follower];
    const etag = (await api.call(member, pathTo(''))).headers.get('etag') ?? '';
    const answers = [
      await api.call(stranger, pathTo(''), { headers: { 'if-none-match': etag } }),
      await api.call(member, pathTo('/987654321'), { headers: { 'if-none-match': '*' } }),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([403, 'no-store']);
    }
  });
});
