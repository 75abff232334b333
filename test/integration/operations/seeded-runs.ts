import type { RunView } from '../../../src/modules/operations/operation-run.service.js';
import type { Script } from './engine.js';
import type { MonitoringApp } from './monitoring-app.js';

const good: Script = (_, context) => {
  context.item({ itemId: 'a', kind: 'thing', result: 'success' });
  context.item({ itemId: 'b', kind: 'thing', result: 'skipped' });
  return Promise.resolve({ stop: 'finished', context: { made: 7 } });
};
const mixed: Script = (_, context) => {
  for (const itemId of ['1', '2', '3']) context.item({ itemId, kind: 'thing', result: 'success' });
  for (const itemId of ['4', '5']) {
    context.item({ itemId, kind: 'thing', result: 'failed', reasonCode: 'probe.refused' });
  }
  context.item({ itemId: '6', kind: 'thing', result: 'skipped' });
  return Promise.resolve({ stop: 'finished' });
};
const broken: Script = () => Promise.reject(new Error('password=hunter2'));

export interface SeededRuns {
  /** Of Contoso, oldest first; `active` works until it is released. */
  runs: Record<'good' | 'mixed' | 'broken' | 'sync' | 'active', RunView>;
  /** Of Fabrikam. */
  foreign: RunView;
  release(): void;
}

/** One run of each outcome and one that works; the sync was started over HTTP. */
export async function seedRuns(app: MonitoringApp): Promise<SeededRuns> {
  const { Operator: operator, Manager: manager } = app.contoso;
  let release: () => void = () => undefined;
  const foreign = await app.work(app.stranger, 'theirs', good);
  const first = await app.work(operator, 'good', good);
  const second = await app.work(manager, 'mixed', mixed);
  const third = await app.work(operator, 'broken 100%', broken);
  const started = await operator.post('/inventory/sync').expect(202);
  const fourth = await app.completed(operator, (started.body as { run: RunView }).run.id);
  const gate = new Promise<void>((resolve) => (release = resolve));
  const held = await app.begin(manager, 'active', async (_, context) => {
    context.progress({ total: 4, processed: 1, success: 1 });
    await gate;
    return { stop: 'finished' };
  });
  const fifth = await app.reached(manager, held.id, 'running');
  const runs = { good: first, mixed: second, broken: third, sync: fourth, active: fifth };
  return { runs, foreign, release };
}
