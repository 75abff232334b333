import { describe, expect, it } from '@jest/globals';
import type { Overview } from '../api/overview';
import { nextStepOf, stepsOf } from './steps';

const SYNC = {
  id: '1',
  operationRunId: '1',
  outcome: 'succeeded',
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: '2026-01-01T00:01:00Z',
  wholeTenant: true,
  policies: 40,
  versionsWritten: 40,
  coverage: {
    words: '',
    types: 1,
    byState: { read: 1, partial: 0, forbidden: 0, throttled: 0, failed: 0, unsupported_licence: 0 },
    gaps: [],
  },
} satisfies Overview['lastSync'];

const EMPTY: Overview = {
  connection: null,
  lastSync: null,
  policies: 0,
  drift: { open: 0, openBySeverity: { high: 0, medium: 0, low: 0 }, lastComparison: null, missing: 'Two syncs.' },
  backups: { hasSets: false, hasPolicies: false, lastComplete: null },
  activeRuns: [],
  schedules: [],
  trend: [],
};
const CONNECTED: Overview = { ...EMPTY, connection: { kind: 'secret', setAt: SYNC.startedAt, tested: null } };
const SYNCED: Overview = { ...CONNECTED, lastSync: SYNC, policies: 40 };
const KEPT: Overview = { ...SYNCED, backups: { hasSets: true, hasPolicies: true, lastComplete: null } };

describe('the first steps of a tenant', () => {
  it.each([
    ['connect', EMPTY],
    ['sync', CONNECTED],
    ['backup', SYNCED],
    ['drift', KEPT],
  ])('have %s next', (key, overview) => {
    expect(nextStepOf(stepsOf(overview))?.key).toBe(key);
  });

  it('are all done once something was compared', () => {
    const lastComparison = {
      runId: '3',
      outcome: 'succeeded',
      at: SYNC.finishedAt,
      baselineRunId: '1',
      currentRunId: '2',
      newFindings: 0,
    } satisfies Overview['drift']['lastComparison'];
    const steps = stepsOf({ ...KEPT, drift: { ...KEPT.drift, missing: null, lastComparison } });
    expect(steps.map(({ done }) => done)).toEqual([true, true, true, true]);
    expect(nextStepOf(steps)).toBeUndefined();
  });

  it('go back to the connection when its test says no, with what to do, and before nothing was read', () => {
    const tested = {
      works: false,
      message: 'The secret has expired.',
      nextStep: 'Make a new one.',
      at: SYNC.startedAt,
    };
    const [connect] = stepsOf({ ...EMPTY, connection: { kind: 'secret', setAt: SYNC.startedAt, tested } });
    expect(connect).toMatchObject({ done: false, text: 'The secret has expired. Make a new one.' });
  });

  it('do not take a sync that read nothing for the first one', () => {
    const failed = stepsOf({ ...CONNECTED, lastSync: { ...SYNC, outcome: 'failed' } });
    expect(nextStepOf(failed)?.key).toBe('sync');
    expect(nextStepOf(failed)?.text).toMatch(/read nothing/);
    expect(nextStepOf(stepsOf({ ...SYNCED, lastSync: { ...SYNC, outcome: 'failed' } }))?.key).toBe('backup');
  });

  it('ask for the right to sync before there are two syncs, and to compare from then on', () => {
    const drift = (overview: Overview) => stepsOf(overview)[3]?.permission;
    expect(drift(KEPT)).toBe('inventory:sync');
    expect(drift({ ...KEPT, drift: { ...KEPT.drift, missing: null } })).toBe('drift:generate');
  });
});
