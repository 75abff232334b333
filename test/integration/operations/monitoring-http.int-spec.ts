import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunView } from '../../../src/modules/operations/operation-run.service.js';
import { MonitoringApp, queryOf, type Member } from './monitoring-app.js';
import { seedRuns, type SeededRuns } from './seeded-runs.js';

// Real here: the API module with its guard, sessions and pipes, PostgreSQL, the engine with a worker, HTTP.
// Replaced: the handler's work.

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('the operations API', () => {
  let app: MonitoringApp;
  let reader: Member;
  let manager: Member;
  let seeded: SeededRuns;
  let runs: SeededRuns['runs'];
  let foreign: RunView;

  beforeAll(async () => {
    app = await MonitoringApp.start();
    ({ Readonly: reader, Manager: manager } = app.contoso);
    seeded = await seedRuns(app);
    ({ runs, foreign } = seeded);
  });
  afterAll(async () => {
    seeded?.release();
    await app?.close();
  });

  const list = async (): Promise<RunView[]> => {
    const { body } = await reader.get('/operations?limit=100').expect(200);
    return (body as { items: RunView[] }).items;
  };

  it('shows a run exactly as the contract says', async () => {
    const { body } = await reader.get(`/operations/${runs.mixed.id}`).expect(200);
    const api = `/api/v1/tenants/${reader.tenantId}`;
    expect(body).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      tenantId: reader.tenantId,
      type: 'probe.work',
      label: 'Probe',
      status: 'completed',
      outcome: 'partially_succeeded',
      bucket: 'Partially succeeded',
      initiatorName: manager.name,
      userId: manager.userId,
      summaryCounts: { total: 6, processed: 6, success: 3, failed: 2, skipped: 1 },
      failureSummary: [{ code: 'probe.refused', message: 'The probe refused this item. Use another.', count: 2 }],
      context: { subject: 'mixed' },
      retryOf: null,
      cancelRequestedAt: null,
      createdAt: expect.stringMatching(ISO),
      startedAt: expect.stringMatching(ISO),
      completedAt: expect.stringMatching(ISO),
      updatedAt: expect.stringMatching(ISO),
      links: {
        self: `${api}/operations/${runs.mixed.id}`,
        ui: `/t/${reader.tenantId}/operations/${runs.mixed.id}`,
        related: [{ rel: 'probe', label: 'The probe', href: `${api}/probes/mixed` }],
      },
    });
    const counts = Object.keys((body as RunView).summaryCounts);
    expect(counts.sort()).toEqual(['failed', 'processed', 'skipped', 'success', 'total']);
    expect((await list()).find(({ id }) => id === runs.mixed.id)).toEqual(body);
    // What the engine keeps for itself is nobody's business.
    expect(JSON.stringify(body)).not.toMatch(/lease|dispatch|identity|epoch|tenant_id/i);
  });

  it('says of a failed run what to do, and nothing of the exception', async () => {
    const { body, text } = await reader.get(`/operations/${runs.broken.id}`).expect(200);
    expect(body).toMatchObject({ outcome: 'failed', bucket: 'Failed', failureSummary: [{ code: 'internal.error' }] });
    expect(text).not.toContain('hunter2');
    expect(runs.sync).toMatchObject({ type: 'inventory.sync', failureSummary: [{ code: 'graph.not_connected' }] });
  });

  it('lists a run’s items, by result, each once', async () => {
    const path = `/operations/${runs.mixed.id}/items`;
    const { body } = await reader.get(path).expect(200);
    const items = (body as { items: { itemId: string; result: string }[] }).items;
    expect(items).toHaveLength(6);
    expect(items).toContainEqual(expect.objectContaining({ itemId: '1', kind: 'thing', result: 'success' }));
    expect(items.find(({ itemId }) => itemId === '1')).not.toHaveProperty('reasonCode');
    expect(items).toContainEqual(
      expect.objectContaining({
        itemId: '4',
        result: 'failed',
        reasonCode: 'probe.refused',
        reason: 'The probe refused this item. Use another.',
      }),
    );
    const of = async (result: string): Promise<string[]> =>
      (
        (await reader.get(`${path}?${queryOf({ result })}`).expect(200)).body as { items: { itemId: string }[] }
      ).items.map(({ itemId }) => itemId);
    expect(await of('failed')).toEqual(['4', '5']);
    expect(await of('failed,skipped')).toEqual(['4', '5', '6']);
    const first = await reader.get(`${path}?limit=4`).expect(200);
    const rest = await reader.get(`${path}?limit=4&cursor=${(first.body as { nextCursor: string }).nextCursor}`);
    expect([...(first.body as { items: [] }).items, ...(rest.body as { items: [] }).items]).toEqual(items);
    expect(rest.body).toMatchObject({ nextCursor: null });
    await reader.get(`${path}?result=maybe`).expect(422);
  });

  it('shows a run’s own history, oldest first', async () => {
    const { body } = await reader.get(`/operations/${runs.good.id}/events`).expect(200);
    const events = (body as { items: { at: string; kind: string; detail: object }[] }).items;
    const kinds = events.map(({ kind }) => kind);
    expect([kinds[0], kinds.at(-1)]).toEqual(['queued', 'completed']);
    expect(kinds).toContain('claimed');
    expect(events.at(-1)?.detail).toMatchObject({ outcome: 'succeeded' });
    for (const { at } of events) expect(at).toMatch(ISO);
  });

  it('shows what is active, of all or of the caller alone', async () => {
    const active = async (member: Member, query = ''): Promise<string[]> =>
      ((await member.get(`/operations/active${query}`).expect(200)).body as { items: RunView[] }).items.map(
        ({ id }) => id,
      );
    expect(await active(reader)).toEqual([runs.active.id]);
    expect(await active(manager, '?mine=true')).toEqual([runs.active.id]);
    expect(await active(reader, '?mine=true')).toEqual([]);
    expect(await active(reader, '?mine=false')).toEqual([runs.active.id]);
    await reader.get('/operations/active?mine=yes').expect(422);
  });

  it('counts runs per bucket and type, as the list does', async () => {
    const { body } = await reader.get('/operations/summary').expect(200);
    const all = await list();
    const inBucket = (bucket: string, type?: string): number =>
      all.filter((run) => run.bucket === bucket && (type === undefined || run.type === type)).length;
    const buckets = ['Queued', 'Running', 'Succeeded', 'Partially succeeded', 'Failed', 'Cancelled'];
    const numbers = (type?: string): object => Object.fromEntries(buckets.map((name) => [name, inBucket(name, type)]));
    expect((body as { buckets: object }).buckets).toEqual(numbers());
    const { types } = body as { types: { type: string; label: string; buckets: object }[] };
    expect(types).toEqual(
      expect.arrayContaining([
        { type: 'probe.work', label: 'Probe', buckets: numbers('probe.work') },
        { type: 'inventory.sync', label: 'Inventory sync', buckets: numbers('inventory.sync') },
        { type: 'drift.generate', label: 'Drift comparison', buckets: numbers('drift.generate') },
      ]),
    );
    for (const { type, buckets: counted } of types) expect(counted).toEqual(numbers(type));
  });

  it('answers what is foreign, unknown and impossible alike', async () => {
    const { body: unknown } = await reader.get('/operations/999999999').expect(403);
    for (const id of [foreign.id, '0', '-1', 'x', '99999999999999999999', '1;select', '%20']) {
      for (const rest of ['', '/items', '/events']) {
        const { body } = await reader.get(`/operations/${id}${rest}`).expect(403);
        expect({ ...body, correlationId: '' }).toEqual({ ...unknown, correlationId: '' });
      }
    }
    expect(unknown).toMatchObject({ status: 403, code: 'access.denied' });
    for (const { id } of await list()) await app.stranger.get(`/operations/${id}`).expect(403);
    const theirs = await app.stranger.get('/operations?limit=100').expect(200);
    expect(
      (theirs.body as { items: RunView[] }).items.every(({ tenantId }) => tenantId === app.stranger.tenantId),
    ).toBe(true);
  });

  it('opens Monitoring to every member, to nobody else, and starts nothing for a reader', async () => {
    const paths = ['', '/summary', '/active', `/${runs.good.id}`, `/${runs.good.id}/items`, `/${runs.good.id}/events`];
    for (const path of paths) {
      for (const member of Object.values(app.contoso)) await member.get(`/operations${path}`).expect(200);
      const url = `/api/v1/tenants/${reader.tenantId}/operations${path}`;
      const refused = await app.anonymous().get(url).expect(401);
      expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
    const before = (await list()).length;
    for (const path of ['/inventory/sync', '/drift/generate']) {
      expect((await reader.post(path).expect(403)).body).toMatchObject({ code: 'access.role_required' });
    }
    expect(await list()).toHaveLength(before);
  });
});
