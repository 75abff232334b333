import { beforeEach, describe, expect, it } from '@jest/globals';
import { performRun } from '#libs/run-kit/testing/perform-run.js';
import type { TenantDatabase } from '../../../platform/database/database.js';
import type {
  InventoryFacade,
  PolicyDocument,
  PolicySnapshot,
  SyncRunRef,
  TypeCoverage,
} from '../../inventory/inventory.facade.js';
import type { FindingRepository } from '../data/finding.repository.js';
import type { DetectedFinding } from '../finding.js';
import { DriftGenerateProcessor } from './drift-generate.processor.js';
import { DriftGenerate } from './drift-generate.run-type.js';

const PAYLOAD = { scopeKey: 'all', baselineRunId: '1', currentRunId: '2' };

/** Keeps fingerprints like the table does. */
class FakeFindings {
  readonly known = new Map<string, DetectedFinding>();

  async store(_: unknown, __: unknown, findings: readonly DetectedFinding[]) {
    const fresh = findings.filter((finding) => !this.known.has(finding.fingerprint));
    for (const finding of fresh) this.known.set(finding.fingerprint, finding);
    return { created: fresh.length, known: findings.length - fresh.length };
  }
}

class FakeInventory {
  readonly runs = new Map<string, { coverage: TypeCoverage[]; snapshots: PolicySnapshot[] }>();

  readonly kept: string[][] = [];

  async holdSyncRuns(_: unknown, ids: string[]): Promise<boolean> {
    return ids.every((id) => this.runs.has(id));
  }

  async keepSyncRuns(_: unknown, ids: string[]): Promise<void> {
    this.kept.push(ids);
  }

  async syncRun(_: unknown, id: string): Promise<SyncRunRef | undefined> {
    const run = this.runs.get(id);
    const rest = { operationRunId: '9', scopeKey: 'all', outcome: 'succeeded' as const, finishedAt: '' };
    return run && { id, ...rest, coverage: run.coverage };
  }

  async snapshots(_: unknown, id: string): Promise<PolicySnapshot[]> {
    return this.runs.get(id)?.snapshots ?? [];
  }

  async documents(): Promise<Map<string, PolicyDocument>> {
    return new Map();
  }

  normalisedName(name: string): string {
    return name;
  }
}

function policy(id: string): PolicySnapshot {
  return {
    policyId: id,
    type: 'settingsCatalog',
    externalId: id,
    name: id,
    platform: null,
    versionId: id,
    contentHash: id,
    bodyHash: id,
    assignmentsHash: id,
  };
}

const covered = (state: TypeCoverage['state']): TypeCoverage[] => [
  { type: 'settingsCatalog', state, policies: 1, reasonCode: null },
];

describe('drift.generate', () => {
  let inventory: FakeInventory;
  let findings: FakeFindings;
  const perform = () =>
    performRun(
      DriftGenerate,
      new DriftGenerateProcessor(
        inventory as unknown as InventoryFacade,
        findings as unknown as FindingRepository,
        { transaction: (work: () => Promise<unknown>) => work() } as unknown as TenantDatabase,
      ),
      PAYLOAD,
    );

  beforeEach(() => {
    inventory = new FakeInventory();
    findings = new FakeFindings();
    inventory.runs.set('1', { coverage: covered('read'), snapshots: [policy('1'), policy('2')] });
    inventory.runs.set('2', { coverage: covered('read'), snapshots: [policy('2'), policy('3')] });
  });

  it('stores what differs, and nothing more when it is done again', async () => {
    await expect(perform()).resolves.toMatchObject({
      outcome: 'succeeded',
      counts: { total: 3, processed: 3, success: 3, failed: 0, skipped: 0 },
      context: { newFindings: 2, knownFindings: 0, notCompared: [] },
    });
    await expect(perform()).resolves.toMatchObject({ context: { newFindings: 0, knownFindings: 2 } });
    expect([...findings.known.values()].map((finding) => finding.kind).sort()).toEqual([
      'policy.added',
      'policy.removed',
    ]);
  });

  it('keeps the sync runs that a new finding names, and those of a known one no longer than others', async () => {
    await perform();
    await perform();
    expect(inventory.kept).toEqual([['1', '2']]);
  });

  it('says which types were not compared', async () => {
    inventory.runs.set('2', {
      coverage: [...covered('forbidden'), { type: 'intent', state: 'read', policies: 0, reasonCode: null }],
      snapshots: [],
    });
    inventory.runs.get('1')?.coverage.push({ type: 'intent', state: 'read', policies: 0, reasonCode: null });
    await expect(perform()).resolves.toMatchObject({
      outcome: 'succeeded',
      context: { newFindings: 0, notCompared: [{ type: 'settingsCatalog' }] },
    });
  });

  it('fails in words when no type could be compared, and stores nothing', async () => {
    inventory.runs.set('2', { coverage: covered('throttled'), snapshots: [] });
    await expect(perform()).resolves.toMatchObject({ outcome: 'failed', reasonCode: 'drift.nothing_comparable' });
    expect(findings.known.size).toBe(0);
  });

  it('fails in words when a sync run is not there any more', async () => {
    inventory.runs.delete('1');
    await expect(perform()).resolves.toMatchObject({ outcome: 'failed', reasonCode: 'drift.sync_run_gone' });
  });

  it('is the same run for the same two sync runs, and links to what it compared', () => {
    expect(DriftGenerate.identity(PAYLOAD)).toEqual(PAYLOAD);
    const links = DriftGenerate.relatedLinks?.({ runId: '7', payload: PAYLOAD, context: {} }) ?? [];
    expect(links.map(({ href }) => href)).toEqual([
      '/drift/findings?baselineRunId=1&currentRunId=2',
      '/inventory/sync-runs/1',
      '/inventory/sync-runs/2',
    ]);
  });
});
