import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { performRun, type PerformedRun } from '#libs/run-kit/testing/perform-run.js';
import { FindingRepository } from '../../../src/modules/drift/data/finding.repository.js';
import { FindingsService, type FindingView } from '../../../src/modules/drift/findings.service.js';
import { DriftGenerateProcessor } from '../../../src/modules/drift/runs/drift-generate.processor.js';
import { DriftGenerate } from '../../../src/modules/drift/runs/drift-generate.run-type.js';
import type { JsonObject } from '../../../src/modules/inventory/policy/json.js';
import { normalisedName } from '../../../src/modules/inventory/policy/normalised-name.js';
import { AuditTrail } from '../../../src/platform/audit/audit-trail.js';
import { aTenant, type TenantRow } from '../../support/builders.js';
import { describeIfShared, SHARED_DIR } from '../../support/requirements.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { readingOf, SyncedInventory, unreadable, type TypeReading } from './synced-inventory.js';

const EXPORTS = path.join(SHARED_DIR, 'data/openintunebaseline');
const TYPE_OF_FOLDER: Record<string, string> = {
  SettingsCatalog: 'settingsCatalog',
  CompliancePolicies: 'deviceCompliancePolicy',
  DeviceConfiguration: 'deviceConfiguration',
  UpdatePolicies: 'deviceConfiguration',
  DriverUpdateProfiles: 'windowsDriverUpdateProfile',
};

interface ExpectedDrift {
  added: string[];
  removed: string[];
  changed: string[];
  name_or_description_only: string[];
  counts: Record<'settings_added' | 'settings_removed' | 'settings_changed', number>;
}

function decoded(file: string): JsonObject {
  const bytes = readFileSync(file);
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return JSON.parse(bytes.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '')) as JsonObject;
}

/** A folder of exports as one sync reads it; an id that is taken already gets a new one, as in the simulator. */
function readingsOf(revision: string): TypeReading[] {
  const objects = new Map<string, JsonObject[]>();
  const taken = new Set<string>();
  for (const [folder, type] of Object.entries(TYPE_OF_FOLDER)) {
    for (const file of readdirSync(path.join(EXPORTS, revision, folder)).sort()) {
      const object = decoded(path.join(EXPORTS, revision, folder, file));
      const id = String(object['id']);
      const own = taken.has(id) ? `${id}-again` : id;
      taken.add(own);
      objects.set(type, [...(objects.get(type) ?? []), { ...object, id: own }]);
    }
  }
  return [...objects].map(([type, all]) => readingOf(type, all));
}

describeIfShared('drift between two revisions of OpenIntuneBaseline', () => {
  let db: TestDatabase;
  let tenant: TenantRow;
  let inventory: SyncedInventory;
  let processor: DriftGenerateProcessor;
  let findings: FindingsService;
  let expected: ExpectedDrift;
  let run: PerformedRun;
  let baseline: string;
  let current: string;

  const generate = (baselineRunId: string, currentRunId: string): Promise<PerformedRun> =>
    performRun(
      DriftGenerate,
      processor,
      { scopeKey: inventory.facade.defaultScopeKey(), baselineRunId, currentRunId },
      { tenantId: tenant.id },
    );
  const all = async (): Promise<FindingView[]> => (await findings.list(tenant.scope, {}, { limit: 100 })).items;
  const ofKind = async (kind: string): Promise<FindingView[]> => (await all()).filter((found) => found.kind === kind);
  const bare = (keys: string[]): string[] => keys.map((key) => normalisedName(key.split('|')[1] ?? '')).sort();
  const names = (found: FindingView[]): string[] => found.map(({ subjectName }) => normalisedName(subjectName)).sort();

  beforeAll(async () => {
    expected = JSON.parse(readFileSync(path.join(EXPORTS, 'expected-drift.json'), 'utf8')) as ExpectedDrift;
    db = await createTestDatabase();
    tenant = await aTenant(db.database);
    inventory = new SyncedInventory(db.tenantDatabase);
    const repository = new FindingRepository(db.tenantDatabase);
    findings = new FindingsService(db.tenantDatabase, repository, new AuditTrail(db.tenantDatabase));
    processor = new DriftGenerateProcessor(inventory.facade, repository, db.tenantDatabase);
    baseline = await inventory.sync(tenant.scope, readingsOf('windows-v3.6'));
    current = await inventory.sync(tenant.scope, readingsOf('windows-2026-03'));
    run = await generate(baseline, current);
  });
  afterAll(() => db.close());

  it('succeeds with every type compared', () => {
    expect(run).toMatchObject({ outcome: 'succeeded', context: { notCompared: [], knownFindings: 0 } });
  });

  it.each([
    ['policy.added', (drift: ExpectedDrift) => drift.added],
    ['policy.removed', (drift: ExpectedDrift) => drift.removed],
    ['policy.changed', (drift: ExpectedDrift) => drift.changed],
    ['policy.recreated', (drift: ExpectedDrift) => drift.name_or_description_only],
  ] as const)('finds %s exactly where expected', async (kind, keys) => {
    expect(names(await ofKind(kind))).toEqual(bare(keys(expected)));
  });

  it('calls no policy both renamed and changed, and no assignment changed', async () => {
    const changed = new Set(names(await ofKind('policy.changed')));
    expect(names(await ofKind('policy.renamed')).filter((name) => changed.has(name))).toEqual([]);
    expect(await ofKind('assignment.changed')).toEqual([]);
  });

  it('shows exactly the settings that differ', async () => {
    const changes = (await ofKind('policy.changed')).flatMap((found) => found.evidence.changes);
    const settings = changes.filter(
      (change) => change.settingDefinitionId !== undefined || /settings/i.test(change.path),
    );
    const count = (what: string): number => settings.filter(({ change }) => change === what).length;
    expect([count('added'), count('removed'), count('changed')]).toEqual([
      expected.counts.settings_added,
      expected.counts.settings_removed,
      expected.counts.settings_changed,
    ]);
  });

  it('finds nothing new when it is generated again, or when nothing changed since', async () => {
    const before = await all();
    await expect(generate(baseline, current)).resolves.toMatchObject({ context: { newFindings: 0 } });
    const unchanged = await inventory.sync(tenant.scope, readingsOf('windows-2026-03'));
    await expect(generate(current, unchanged)).resolves.toMatchObject({
      context: { newFindings: 0, knownFindings: 0 },
    });
    expect((await all()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  it('calls nothing removed that could not be read, and says what was not compared', async () => {
    const readings = readingsOf('windows-2026-03').map((reading) =>
      reading.coverage.type === 'deviceCompliancePolicy' ? unreadable('deviceCompliancePolicy', 'forbidden') : reading,
    );
    const blind = await generate(current, await inventory.sync(tenant.scope, readings));
    expect(blind).toMatchObject({
      outcome: 'succeeded',
      context: { newFindings: 0, notCompared: [{ type: 'deviceCompliancePolicy' }] },
    });
  });

  it('is another tenant’s drift not at all', async () => {
    const stranger = await aTenant(db.database);
    await expect(
      performRun(
        DriftGenerate,
        processor,
        { scopeKey: 'x', baselineRunId: baseline, currentRunId: current },
        { tenantId: stranger.id },
      ),
    ).resolves.toMatchObject({ outcome: 'failed', reasonCode: 'drift.sync_run_gone' });
  });
});
