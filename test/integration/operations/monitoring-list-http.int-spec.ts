import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunView } from '../../../src/modules/operations/operation-run.service.js';
import { MonitoringApp, queryOf, type Member } from './monitoring-app.js';
import { seedRuns, type SeededRuns } from './seeded-runs.js';

// Real here: the API module with its guard, sessions and pipes, PostgreSQL, the engine with a worker, HTTP.
// Replaced: the handler's work.

const NOBODY = '00000000-0000-4000-8000-00000000dead';
/** Of both so many that they are not asked for one by one. */
const MANY_NAMES = ['Manager', NOBODY, ...Array.from({ length: 8 }, (_, n) => `Nobody ${n}`)].join(',');
const MANY_TYPES = Array.from({ length: 10 }, (_, n) => `none.such_${n}`).join(',');

describe('the list of runs', () => {
  let app: MonitoringApp;
  let reader: Member;
  let operator: Member;
  let seeded: SeededRuns;
  let runs: SeededRuns['runs'];

  beforeAll(async () => {
    app = await MonitoringApp.start();
    ({ Readonly: reader, Operator: operator } = app.contoso);
    seeded = await seedRuns(app);
    ({ runs } = seeded);
  });
  afterAll(async () => {
    seeded?.release();
    await app?.close();
  });

  const list = async (query: Record<string, string> = {}): Promise<RunView[]> => {
    const { body } = await reader.get(`/operations?${queryOf({ limit: '100', ...query })}`).expect(200);
    return (body as { items: RunView[] }).items;
  };
  const ids = async (query: Record<string, string>): Promise<string[]> => (await list(query)).map(({ id }) => id);
  const idsOf = (...names: (keyof typeof runs)[]): string[] => names.map((name) => runs[name].id);

  it('lists the newest first', async () => {
    const all = await list();
    expect(all.map(({ id }) => id)).toEqual(idsOf('active', 'sync', 'broken', 'mixed', 'good'));
    const times = all.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  it.each<[Record<string, string>, (keyof typeof runs)[]]>([
    [{ status: 'running' }, ['active']],
    [{ status: 'queued' }, []],
    [{ status: 'running,queued' }, ['active']],
    [{ status: 'completed,running' }, ['active', 'sync', 'broken', 'mixed', 'good']],
    [{ outcome: 'pending' }, ['active']],
    [{ outcome: 'failed' }, ['sync', 'broken']],
    [{ outcome: 'failed,partially_succeeded' }, ['sync', 'broken', 'mixed']],
    [{ outcome: 'succeeded,' }, ['good']],
    [{ outcome: 'cancelled' }, []],
    [{ type: 'inventory.sync' }, ['sync']],
    [{ type: 'inventory.sync,probe.work', status: 'completed' }, ['sync', 'broken', 'mixed', 'good']],
    [{ type: 'drift.generate' }, []],
    [{ initiator: 'manager OF' }, ['active', 'mixed']],
    [{ initiator: 'Manager,Readonly' }, ['active', 'mixed']],
    [{ initiator: 'Readonly' }, []],
    [{ initiator: NOBODY }, []],
    [{ initiator: 'ma' }, ['active', 'mixed']],
    [{ initiator: 'mixed' }, []],
    [{ initiator: 'mi' }, []],
    [{ initiator: MANY_NAMES, type: `${MANY_TYPES},probe.work`, status: 'completed,running' }, ['active', 'mixed']],
    [{ initiator: MANY_NAMES, type: MANY_TYPES }, []],
    [{ q: 'mix' }, ['mixed']],
    [{ q: 'BROKEN' }, ['broken']],
    [{ q: '100%' }, ['broken']],
    [{ q: 'mixed manager' }, ['mixed']],
    [{ q: 'D M' }, ['mixed']],
    [{ q: '%' }, ['broken']],
    [{ q: '_' }, []],
    [{ q: "'; DROP TABLE operation_runs" }, []],
    [{ q: 'Operator of', outcome: 'succeeded', type: 'probe.work', status: 'completed' }, ['good']],
  ])('filters by %j', async (query, names) => {
    expect(await ids(query)).toEqual(idsOf(...names));
  });

  it('filters by the initiator’s id, the run’s own id, and time', async () => {
    expect(await ids({ initiator: operator.userId })).toEqual(idsOf('sync', 'broken', 'good'));
    expect(await ids({ q: runs.mixed.id })).toContain(runs.mixed.id);
    const { createdAt } = runs.broken;
    const after = new Date(Date.parse(createdAt) + 1).toISOString();
    expect(await ids({ from: createdAt, to: after })).toEqual(idsOf('broken'));
    expect(await ids({ from: after })).toEqual(idsOf('active', 'sync'));
    expect(await ids({ to: createdAt })).toEqual(idsOf('mixed', 'good'));
    expect(await ids({ from: after, to: createdAt })).toEqual([]);
  });

  it.each([
    ['status', 'paused'],
    ['status', 'running,paused'],
    ['outcome', 'great'],
    ['from', 'yesterday'],
    ['to', '2026-13-45'],
    ['type', 'x'.repeat(65)],
    ['q', 'x'.repeat(201)],
    ['initiator', 'x'.repeat(201)],
    ['limit', '0'],
    ['limit', '101'],
    ['limit', 'many'],
    ['who', 'me'],
  ])('names the field of a wrong %s=%s', async (field, value) => {
    const refused = await reader.get(`/operations?${queryOf({ [field]: value })}`).expect(422);
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(refused.body).toMatchObject({ status: 422, code: 'request.invalid' });
    const fields = (refused.body as { errors: { field: string }[] }).errors.map((fault) => fault.field);
    expect(new Set(fields)).toEqual(new Set([field]));
  });

  it.each([
    'nonsense',
    Buffer.from('["2026-01-01","x"]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ])('refuses the cursor %s, which is none of its own', async (cursor) => {
    for (const path of ['/operations', `/operations/${runs.mixed.id}/items`, `/operations/${runs.mixed.id}/events`]) {
      const refused = await reader.get(`${path}?${queryOf({ cursor })}`).expect(400);
      expect(refused.body).toMatchObject({ code: 'request.invalid_cursor', errors: [{ field: 'cursor' }] });
    }
  });

  it('pages through every run once while others arrive', async () => {
    const before = (await list()).map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: { body: unknown } = await reader
        .get(`/operations?${queryOf({ limit: '2', cursor })}`)
        .expect(200);
      seen.push(...(body as { items: RunView[] }).items.map(({ id }) => id));
      cursor = (body as { nextCursor: string | null }).nextCursor;
      if (seen.length === 2) await app.begin(app.stranger, `between ${seen.length}`);
      if (seen.length === 4) await operator.post('/inventory/sync').expect(202);
    }
    expect(seen).toEqual(before);
    const [newest] = await list();
    expect(before).not.toContain(newest?.id);
    await app.completed(operator, newest?.id ?? '');
  });
});
