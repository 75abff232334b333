import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunView } from '../../../src/modules/operations/operation-run.service.js';
import { MonitoringApp, queryOf, type Member } from './monitoring-app.js';
import { seedRuns, type SeededRuns } from './seeded-runs.js';

// Real here: the API module with its guard, sessions and pipes, PostgreSQL, the engine with a worker, HTTP.
// Replaced: the handler's work.

describe('what a run shows beside itself', () => {
  let app: MonitoringApp;
  let reader: Member;
  let seeded: SeededRuns;
  let runs: SeededRuns['runs'];

  beforeAll(async () => {
    app = await MonitoringApp.start();
    reader = app.contoso.Readonly;
    seeded = await seedRuns(app);
    ({ runs } = seeded);
  });
  afterAll(async () => {
    seeded?.release();
    await app?.close();
  });

  const durations = async (type: string, by = reader): Promise<Durations[]> =>
    ((await by.get(`/operations/durations?${queryOf({ type })}`).expect(200)).body as { items: Durations[] }).items;

  interface Durations {
    type: string;
    label: string;
    p50Ms: number | null;
    p90Ms: number | null;
    runs: { id: string; outcome: string; startedAt: string; workedMs: number }[];
  }

  it('tells the newest durations of a type, and what is usual for those that did their work', async () => {
    const [probes] = await durations('probe.work');
    expect(probes).toMatchObject({ type: 'probe.work', label: 'Probe' });
    // Newest first; the active one has no duration yet.
    expect(probes?.runs.map(({ id }) => id)).toEqual([runs.broken.id, runs.mixed.id, runs.good.id]);
    const tookOf = (run: RunView): number => Date.parse(run.completedAt ?? '') - Date.parse(run.startedAt ?? '');
    for (const run of [runs.good, runs.mixed, runs.broken]) {
      const shown = probes?.runs.find(({ id }) => id === run.id);
      expect(shown).toMatchObject({ outcome: run.outcome, startedAt: run.startedAt });
      expect(Math.abs((shown?.workedMs ?? NaN) - tookOf(run))).toBeLessThanOrEqual(1);
    }
    const worked = (probes?.runs ?? []).filter(({ outcome }) => outcome !== 'failed').map(({ workedMs }) => workedMs);
    expect([probes?.p50Ms, probes?.p90Ms]).toEqual([Math.min(...worked), Math.max(...worked)]);
  });

  it('answers each type once, in the order asked, and nothing of another tenant', async () => {
    const items = await durations('drift.generate,probe.work,drift.generate,none.such');
    expect(items.map(({ type }) => type)).toEqual(['drift.generate', 'probe.work', 'none.such']);
    expect(items[0]).toMatchObject({ p50Ms: null, p90Ms: null, runs: [] });
    const [theirs] = await durations('probe.work', app.stranger);
    expect(theirs?.runs.map(({ id }) => id)).toEqual([seeded.foreign.id]);
    await reader.get('/operations/durations').expect(422);
    await reader.get(`/operations/durations?type=${'x'.repeat(65)}`).expect(422);
  });

  it('narrows items by reason', async () => {
    const path = `/operations/${runs.mixed.id}/items`;
    const ids = async (query: Record<string, string>): Promise<string[]> =>
      ((await reader.get(`${path}?${queryOf(query)}`).expect(200)).body as { items: { itemId: string }[] }).items.map(
        ({ itemId }) => itemId,
      );
    expect(await ids({ reasonCode: 'probe.refused' })).toEqual(['4', '5']);
    expect(await ids({ reasonCode: 'graph.throttled,probe.refused', limit: '1' })).toEqual(['4']);
    expect(await ids({ reasonCode: 'graph.throttled' })).toEqual([]);
  });

  it('gives items as CSV with the filters of the page, to members alone', async () => {
    const path = `/operations/${runs.mixed.id}/items.csv`;
    const all = await reader.get(path).expect(200);
    expect(all.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(all.headers['content-disposition']).toBe(`attachment; filename="run-${runs.mixed.id}-items.csv"`);
    const lines = all.text.replace('\uFEFF', '').trim().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines).toContain('success,thing,1,,,');
    const failed = await reader.get(`${path}?result=failed&reasonCode=probe.refused`).expect(200);
    expect(failed.text.replace('\uFEFF', '').trim().split('\r\n')).toEqual([
      'Result,Kind,Item,Name,Reason code,Reason',
      'failed,thing,4,,probe.refused,The probe refused this item. Use another.',
      'failed,thing,5,,probe.refused,The probe refused this item. Use another.',
    ]);
    await reader.get(`/operations/${seeded.foreign.id}/items.csv`).expect(403);
    await reader.get(`${path}?result=maybe`).expect(422);
  });

  it('shows the signs of life of a worker while it has the run, and then no more', async () => {
    const { body } = await reader.get(`/operations/${runs.active.id}`).expect(200);
    const { heartbeat, startedAt } = body as RunView;
    if (!heartbeat) throw new Error('The active run has no heartbeat.');
    expect(Date.parse(heartbeat.at)).toBeGreaterThanOrEqual(Date.parse(startedAt ?? ''));
    expect(Date.parse(heartbeat.lostAt)).toBeGreaterThan(Date.parse(heartbeat.at));
    expect(runs.good.heartbeat).toBeNull();
  });
});
