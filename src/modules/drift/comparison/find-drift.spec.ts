import { describe, expect, it } from '@jest/globals';
import type { PolicyChange, PolicyDocument, PolicySnapshot, TypeCoverage } from '../../inventory/inventory.facade.js';
import type { DetectedFinding } from '../finding.js';
import { findDrift, type ComparisonTools, type Drift } from './find-drift.js';

const TYPE = 'settingsCatalog';
const READ: TypeCoverage[] = [coverage(TYPE, 'read')];

function coverage(type: string, state: TypeCoverage['state']): TypeCoverage {
  return { type, state, policies: 0, reasonCode: null };
}

function policy(id: string, given: Partial<PolicySnapshot> = {}): PolicySnapshot {
  const name = given.name ?? `Policy ${id}`;
  const { bodyHash = 'body', assignmentsHash = 'nobody' } = given;
  return {
    policyId: id,
    type: TYPE,
    externalId: `ext-${id}`,
    name,
    platform: 'windows10',
    contentHash: `${name}|${bodyHash}`,
    bodyHash,
    assignmentsHash,
    versionId: JSON.stringify([id, name, bodyHash, assignmentsHash]),
    ...given,
  };
}

function change(
  path: string,
  section: PolicyChange['section'] = 'settings',
  given: Partial<PolicyChange> = {},
): PolicyChange {
  const settings = section === 'settings' ? { settingDefinitionId: path } : {};
  return { path, ...settings, before: 1, after: 2, change: 'changed', section, ...given };
}

/** An inventory in which every pair of versions differs by `changes`. */
function tools(
  changes: PolicyChange[] = [],
  checkpoint: ComparisonTools['checkpoint'] = async () => undefined,
): ComparisonTools {
  return {
    documents: async (ids) => new Map(ids.map((id) => [id, { versionId: id } as PolicyDocument])),
    compare: () => changes,
    normalisedName: (name) => name.replace(/ - v[\d.]+$/, ''),
    checkpoint,
  };
}

function compare(
  before: PolicySnapshot[],
  after: PolicySnapshot[],
  given: { changes?: PolicyChange[]; baseline?: TypeCoverage[]; current?: TypeCoverage[] } = {},
): Promise<Drift> {
  return findDrift(
    { snapshots: before, coverage: given.baseline ?? READ },
    { snapshots: after, coverage: given.current ?? READ },
    tools(given.changes),
  );
}

const kinds = (drift: Drift): string[] => drift.findings.map((finding) => finding.kind).sort();
const only = (drift: Drift): DetectedFinding => {
  const [finding] = drift.findings;
  if (!finding || drift.findings.length > 1)
    throw new Error(`One finding was expected, not ${kinds(drift).join(', ')}.`);
  return finding;
};

describe('findDrift', () => {
  it('finds nothing in two equal runs and reads no document for them', async () => {
    const documents = async (): Promise<never> => Promise.reject(new Error('read'));
    const run = { snapshots: [policy('1'), policy('2')], coverage: READ };
    await expect(findDrift(run, run, { ...tools(), documents })).resolves.toEqual({
      findings: [],
      notCompared: [],
      compared: 2,
      typesCompared: 1,
    });
  });

  it('finds what was added and removed', async () => {
    const drift = await compare([policy('1')], [policy('2')]);
    expect(kinds(drift)).toEqual(['policy.added', 'policy.removed']);
    const removed = drift.findings.find((finding) => finding.kind === 'policy.removed');
    expect(removed).toMatchObject({
      severity: 'high',
      subjectExternalId: 'ext-1',
      subjectName: 'Policy 1',
      afterVersionId: null,
      evidence: { changes: [{ path: 'policy', before: { name: 'Policy 1', platform: 'windows10' }, after: null }] },
    });
  });

  it('finds a changed policy with its settings, and takes a new name into its evidence', async () => {
    const drift = await compare(
      [policy('1', { name: 'Edge - v1' })],
      [policy('1', { name: 'Edge - v2', bodyHash: 'other' })],
      { changes: [change('a_setting'), change('name', 'name', { before: 'Edge - v1', after: 'Edge - v2' })] },
    );
    expect(only(drift)).toMatchObject({ kind: 'policy.changed', severity: 'medium', subjectName: 'Edge - v2' });
    expect(only(drift).evidence.changes).toEqual([
      { path: 'name', before: 'Edge - v1', after: 'Edge - v2', change: 'changed' },
      { path: 'a_setting', settingDefinitionId: 'a_setting', before: 1, after: 2, change: 'changed' },
    ]);
  });

  it('rates a changed guard high', async () => {
    const changes = [change('device_vendor_msft_bitlocker_requiredeviceencryption')];
    const drift = await compare([policy('1')], [policy('1', { bodyHash: 'other' })], { changes });
    expect(only(drift).severity).toBe('high');
  });

  it('finds a rename, and a new description, as nothing that a device obeys', async () => {
    const renamed = await compare([policy('1', { name: 'A' })], [policy('1', { name: 'B' })]);
    expect(only(renamed)).toMatchObject({ kind: 'policy.renamed', severity: 'low' });
    const described = await compare([policy('1')], [policy('1', { versionId: 'next' })], {
      changes: [change('description', 'properties', { before: 'old', after: 'new' })],
    });
    expect(only(described)).toMatchObject({
      kind: 'policy.renamed',
      evidence: { changes: [{ path: 'description', before: 'old', after: 'new', change: 'changed' }] },
    });
  });

  it('finds other assignments beside whatever else changed', async () => {
    const drift = await compare([policy('1')], [policy('1', { bodyHash: 'other', assignmentsHash: 'everybody' })], {
      changes: [change('a_setting'), change('assignments/all', 'assignments', { change: 'added', before: null })],
    });
    expect(kinds(drift)).toEqual(['assignment.changed', 'policy.changed']);
    const [assigned] = drift.findings.filter((finding) => finding.kind === 'assignment.changed');
    expect(assigned).toMatchObject({ severity: 'high' });
    expect(assigned?.evidence.changes.map(({ path }) => path)).toEqual(['assignments/all']);
  });

  it('takes a policy with another Graph id but the same name for a recreated one', async () => {
    const before = policy('1', { name: 'LAPS - v1' });
    const after = policy('2', { name: 'LAPS - v2' });
    const drift = await compare([before], [after]);
    expect(only(drift)).toMatchObject({ kind: 'policy.recreated', subjectExternalId: 'ext-2' });
    expect(only(drift).evidence.changes.map(({ path }) => path)).toEqual(['id', 'name']);
  });

  it('lets a recreated policy carry its changed settings', async () => {
    const drift = await compare([policy('1', { name: 'A' })], [policy('2', { name: 'A', bodyHash: 'other' })], {
      changes: [change('a_setting')],
    });
    expect(only(drift).kind).toBe('policy.recreated');
    expect(only(drift).evidence.changes.map(({ path }) => path)).toEqual(['id', 'a_setting']);
  });

  it('settles equal names by equal bodies and calls what stays ambiguous added and removed', async () => {
    const twin = (id: string, bodyHash: string): PolicySnapshot => policy(id, { name: 'Twin', bodyHash });
    const settled = await compare([twin('1', 'a'), twin('2', 'b')], [twin('3', 'b'), twin('4', 'a')]);
    expect(kinds(settled)).toEqual(['policy.recreated', 'policy.recreated']);
    const unsettled = await compare([twin('1', 'a'), twin('2', 'b')], [twin('3', 'c'), twin('4', 'd')]);
    expect(kinds(unsettled)).toEqual(['policy.added', 'policy.added', 'policy.removed', 'policy.removed']);
  });

  it('tells two policies apart that carry one Graph id', async () => {
    const shared = (id: string, name: string, bodyHash = 'body'): PolicySnapshot =>
      policy(id, { externalId: 'shared', name, bodyHash });
    const drift = await compare([shared('1', 'A'), shared('2', 'B')], [shared('2', 'B', 'other'), shared('1', 'A')]);
    expect(only(drift)).toMatchObject({ kind: 'policy.changed', subjectName: 'B' });
  });

  it('matches within a type only', async () => {
    const both = [...READ, coverage('intent', 'read')];
    const drift = await compare([policy('1')], [policy('1', { type: 'intent' })], { baseline: both, current: both });
    expect(kinds(drift)).toEqual(['policy.added', 'policy.removed']);
  });

  it.each(['forbidden', 'throttled', 'failed', 'unsupported_licence'] as const)(
    'calls nothing removed in a type whose reading was %s, and says so',
    async (state) => {
      const drift = await compare([policy('1')], [], { current: [coverage(TYPE, state)] });
      expect(drift).toMatchObject({ findings: [], compared: 0, typesCompared: 0, notCompared: [{ type: TYPE }] });
      expect(drift.notCompared[0]?.reason).toContain('the current sync run');
    },
  );

  it('calls nothing added in a type that the baseline did not have', async () => {
    const drift = await compare([], [policy('1')], { baseline: [] });
    expect(drift.findings).toEqual([]);
    expect(drift.notCompared).toEqual([{ type: TYPE, reason: 'This type was not part of the baseline sync run.' }]);
  });

  it('compares in a type that was read in part only what both runs hold by Graph id', async () => {
    const drift = await compare(
      [policy('1'), policy('2'), policy('3', { name: 'Same' })],
      [policy('1', { bodyHash: 'other' }), policy('4', { name: 'Same' })],
      { current: [coverage(TYPE, 'partial')] },
    );
    expect(kinds(drift)).toEqual(['policy.changed']);
    expect(drift.notCompared[0]?.reason).toMatch(/^Only policies that both sync runs hold were compared/);
  });

  it('gives equal fingerprints for the same drift, whatever the order and the internal ids', async () => {
    const before = [policy('1'), policy('2'), policy('3')];
    const after = [policy('1', { bodyHash: 'x' }), policy('2', { assignmentsHash: 'x' }), policy('4')];
    const renumbered = (snapshots: PolicySnapshot[]): PolicySnapshot[] =>
      snapshots.map((snapshot) => ({ ...snapshot, versionId: `9${snapshot.versionId}` })).reverse();
    const first = await compare(before, after);
    const second = await compare(renumbered(before), renumbered(after));
    const fingerprints = (drift: Drift): string[] => drift.findings.map((finding) => finding.fingerprint).sort();
    expect(fingerprints(second)).toEqual(fingerprints(first));
    expect(new Set(fingerprints(first)).size).toBe(4);
    expect(fingerprints(first)[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gives another fingerprint when the same policy changes again', async () => {
    const drifted = async (bodyHash: string): Promise<string> =>
      only(await compare([policy('1')], [policy('1', { bodyHash })])).fingerprint;
    expect(await drifted('x')).not.toBe(await drifted('y'));
  });

  it('keeps only the allowed fields, shortens huge values and stops at a size', async () => {
    const secretive = { ...change('a'), raw: 'secret', after: `${'é'.repeat(1_999)}😀${'x'.repeat(5_000)}` };
    const many = Array.from({ length: 400 }, (_, at) => change(`s${at}`, 'settings', { before: 'y'.repeat(1_900) }));
    const { evidence } = only(
      await compare([policy('1')], [policy('1', { bodyHash: 'other' })], { changes: [secretive, ...many] }),
    );
    const [first] = evidence.changes;
    expect(Object.keys(first ?? {}).sort()).toEqual(['after', 'before', 'change', 'path', 'settingDefinitionId']);
    expect(first?.after).toBe(`${'é'.repeat(1_999)}… [shortened, 7001 characters]`);
    expect(JSON.stringify(evidence).length).toBeLessThan(110_000);
    expect(evidence.changes.length + (evidence.omittedChanges ?? 0)).toBe(401);
  });

  it('says how far it is and ends when it may not go on', async () => {
    const before = Array.from({ length: 120 }, (_, at) => policy(String(at)));
    const after = before.map((snapshot) => policy(snapshot.policyId, { bodyHash: 'other' }));
    const seen: number[] = [];
    const run = (snapshots: PolicySnapshot[]) => ({ snapshots, coverage: READ });
    await findDrift(
      run(before),
      run(after),
      tools([], async (done) => void seen.push(done)),
    );
    expect(seen).toEqual([0, 50, 100, 120]);
    const lost = findDrift(
      run(before),
      run(after),
      tools([], () => Promise.reject(new Error('lease lost'))),
    );
    await expect(lost).rejects.toThrow('lease lost');
  });
});
