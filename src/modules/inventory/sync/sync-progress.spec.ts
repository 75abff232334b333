import { describe, expect, it } from '@jest/globals';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { grantTenantScope } from '../../../platform/database/tenant-scope.js';
import type { SyncRunRepository } from '../data/sync-run.repository.js';
import { collectionsOf } from './collection-plan.js';
import type { JudgedObject } from './object-reading.js';
import { ProgressNotes } from './progress-notes.js';
import { SyncProgress, type SyncProgressState } from './sync-progress.js';

const typed = (key: string): PolicyType => {
  const type = policyType(key);
  if (!type) throw new Error(`No type ${key}.`);
  return type;
};
const CATALOG = typed('settingsCatalog');
const DRIVERS = typed('windowsDriverUpdateProfile');
const ACCESS = typed('conditionalAccessPolicy');
const read = (type: PolicyType, count: number): JudgedObject[] =>
  Array.from({ length: count }, () => ({ type }) as JudgedObject);
const ended = ({ key }: PolicyType) => [
  { coverage: { type: key, state: 'read', policies: 0, reasonCode: null } as const, incomplete: 0, listed: [] },
];

describe('SyncProgress', () => {
  const started = (types: PolicyType[], present: Record<string, number>) => {
    const clock = { time: 5_000 };
    const progress = new SyncProgress(collectionsOf(types), new Map(Object.entries(present)), () => clock.time);
    return { clock, progress };
  };

  it('tells the time left from the pace so far', () => {
    const { clock, progress } = started([CATALOG, DRIVERS], { settingsCatalog: 400, windowsDriverUpdateProfile: 10 });
    progress.took(read(CATALOG, 100));
    clock.time += 10_000;
    expect(progress.state().etaSeconds).toBe(31);
    progress.took(read(CATALOG, 300));
    clock.time += 30_000;
    expect(progress.state().etaSeconds).toBeLessThanOrEqual(1);
    expect(progress.state().types).toEqual([
      { type: 'settingsCatalog', read: 400, of: 400, done: false },
      { type: 'windowsDriverUpdateProfile', read: 0, of: 10, done: false },
    ]);
  });

  it('says nothing while a type was never read before, and knows it at its end', () => {
    const { clock, progress } = started([CATALOG, DRIVERS], { settingsCatalog: 100 });
    progress.took(read(CATALOG, 50));
    clock.time += 10_000;
    expect(progress.state().etaSeconds).toBeNull();
    progress.took(read(DRIVERS, 3));
    progress.ended(ended(DRIVERS));
    expect(progress.state().etaSeconds).toBe(10);
    expect(progress.state().types[1]).toEqual({ type: DRIVERS.key, read: 3, of: 3, done: true });
  });

  it('lets the slowest budget decide', () => {
    const { clock, progress } = started([CATALOG, ACCESS], { settingsCatalog: 100, conditionalAccessPolicy: 60 });
    progress.took([...read(CATALOG, 50), ...read(ACCESS, 10)]);
    clock.time += 10_000;
    expect(progress.state().etaSeconds).toBe(50);
    progress.ended(ended(ACCESS));
    expect(progress.state().etaSeconds).toBe(10);
    progress.ended(ended(CATALOG));
    expect(progress.state().etaSeconds).toBe(0);
  });

  it('counts more than there were, without running backwards', () => {
    const { progress } = started([CATALOG], { settingsCatalog: 10 });
    progress.took(read(CATALOG, 15));
    expect(progress.state()).toEqual({
      etaSeconds: 0,
      types: [{ type: 'settingsCatalog', read: 15, of: 15, done: false }],
    });
  });
});

describe('ProgressNotes', () => {
  it('writes every two seconds at most, whatever is read meanwhile', async () => {
    const noted: SyncProgressState[] = [];
    const runs = { note: async (_: unknown, __: unknown, state: SyncProgressState) => void noted.push(state) };
    const clock = { time: 0 };
    const notes = new ProgressNotes(
      runs as unknown as SyncRunRepository,
      grantTenantScope('00000000-0000-4000-8000-000000000001'),
      { syncRunId: '1', attempt: 1 },
      collectionsOf([CATALOG]),
      new Map([['settingsCatalog', 100]]),
      () => clock.time,
    );
    for (let second = 0; second < 50; second += 1) {
      await notes.took(read(CATALOG, 2));
      clock.time += 100;
    }
    await notes.ended(ended(CATALOG));
    expect(noted.map(({ types }) => types[0]?.read)).toEqual([42, 82]);
  });
});
