import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NotificationDto } from '../../../src/modules/notifications/http/notifications.dto.js';
import type { RunView } from '../../../src/modules/operations/operation-run.service.js';
import { MonitoringApp, type Member } from './monitoring-app.js';

// Real here: the API module, PostgreSQL, the engine with a worker, HTTP. Replaced: the handler's work.

interface NotePage {
  items: NotificationDto[];
  nextCursor: string | null;
  unread: number;
}

describe('the notifications API', () => {
  let app: MonitoringApp;
  let operator: Member;
  let manager: Member;
  let mine: RunView[];

  beforeAll(async () => {
    app = await MonitoringApp.start();
    ({ Operator: operator, Manager: manager } = app.contoso);
    mine = [
      await app.work(operator, 'first'),
      await app.work(operator, 'second', () => Promise.reject(new Error('x'))),
    ];
    await app.work(manager, 'of another');
    await app.work(app.stranger, 'of another tenant');
  });
  afterAll(() => app?.close());

  const notes = async (member: Member, query = ''): Promise<NotePage> =>
    (await member.get(`/notifications${query}`).expect(200)).body as NotePage;

  it('leaves the initiator a queued and a terminal note of each run, newest first, with a way to the run', async () => {
    const { items, nextCursor, unread } = await notes(operator);
    expect({ nextCursor, unread }).toEqual({ nextCursor: null, unread: 4 });
    const [second, first] = [mine[1], mine[0]];
    expect(items.map(({ runId, kind, outcome }) => [runId, kind, outcome])).toEqual([
      [second?.id, 'terminal', 'failed'],
      [second?.id, 'queued', null],
      [first?.id, 'terminal', 'succeeded'],
      [first?.id, 'queued', null],
    ]);
    expect(items[2]).toMatchObject({
      tenantId: operator.tenantId,
      tenantName: 'Contoso',
      title: 'Probe “Probe first” succeeded',
      body: 'Probed.',
      readAt: null,
      links: { run: first?.links.self, ui: first?.links.ui },
    });
    expect(items[0]?.body).toMatch(/Try again/);
  });

  it('shows everybody their own alone', async () => {
    const ofMine = new Set(mine.map(({ id }) => id));
    for (const other of [manager, app.stranger, app.contoso.Owner, app.contoso.Readonly]) {
      const { items } = await notes(other);
      expect(items.filter(({ runId }) => ofMine.has(runId))).toEqual([]);
    }
    expect((await notes(app.contoso.Owner)).unread).toBe(0);
    expect((await notes(manager)).unread).toBe(2);
    await app.anonymous().get('/api/v1/notifications').expect(401);
  });

  it('pages through every note once', async () => {
    const all = (await notes(operator)).items;
    const seen: NotificationDto[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: NotePage = await notes(operator, `?limit=3&cursor=${cursor}`);
      seen.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all);
    await operator.get('/notifications?cursor=nonsense').expect(400);
    await operator.get('/notifications?limit=101').expect(422);
    await operator.get('/notifications?unread=maybe').expect(422);
  });

  it('is read one by one, twice without harm, and by its owner alone', async () => {
    const [note] = (await notes(operator)).items;
    for (const other of [manager, app.stranger]) {
      const refused = await other.post(`/notifications/${note?.id}/read`).expect(403);
      expect(refused.body).toMatchObject({ code: 'access.denied' });
    }
    for (const id of ['00000000-0000-4000-8000-00000000dead', '1', 'x']) {
      await operator.post(`/notifications/${id}/read`).expect(403);
    }
    expect((await notes(operator)).unread).toBe(4);
    await operator.post(`/notifications/${note?.id}/read`).expect(204);
    const after = await notes(operator);
    expect(after.unread).toBe(3);
    expect(after.items[0]?.readAt).toEqual(expect.any(String));
    await operator.post(`/notifications/${note?.id}/read`).expect(204);
    expect((await notes(operator)).items).toEqual(after.items);
    const unread = await notes(operator, '?unread=true');
    expect(unread.items.map(({ id }) => id)).toEqual(after.items.slice(1).map(({ id }) => id));
    expect((await notes(operator, '?unread=false')).items).toHaveLength(4);
  });

  it('is read all at once, of the caller alone', async () => {
    await operator.post('/notifications/read-all').expect(204);
    expect(await notes(operator, '?unread=true')).toEqual({ items: [], nextCursor: null, unread: 0 });
    expect((await notes(operator)).items).toHaveLength(4);
    expect((await notes(manager)).unread).toBe(2);
  });

  it('shows a former member nothing of the tenant any more, and changes no note of it', async () => {
    const [note] = (await notes(manager)).items;
    await app.db.database.query('DELETE FROM memberships WHERE user_id = $1', [manager.userId]);
    expect(await notes(manager)).toEqual({ items: [], nextCursor: null, unread: 0 });
    await manager.get('/operations').expect(403);
    await manager.get(`/operations/${mine[0]?.id}`).expect(403);
    await manager.post(`/notifications/${note?.id}/read`).expect(403);
    await manager.post('/notifications/read-all').expect(204);
    const left = await app.db.database.query('SELECT read_at FROM notifications WHERE user_id = $1', [manager.userId]);
    expect(left).toEqual([{ read_at: null }, { read_at: null }]);
  });
});
