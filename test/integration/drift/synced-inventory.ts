import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import { PolicyRepository } from '../../../src/modules/inventory/data/policy.repository.js';
import { ReadingWriter } from '../../../src/modules/inventory/data/reading-writer.js';
import { SyncRunRepository } from '../../../src/modules/inventory/data/sync-run.repository.js';
import { VersionWriter } from '../../../src/modules/inventory/data/version-writer.js';
import { InventoryFacade } from '../../../src/modules/inventory/inventory.facade.js';
import { normalisePolicy } from '../../../src/modules/inventory/policy/canonical-policy.js';
import type { JsonObject } from '../../../src/modules/inventory/policy/json.js';
import { syncOutcome, type CoverageState } from '../../../src/modules/inventory/sync/coverage.js';
import type { TypeReading } from '../../../src/modules/inventory/sync/read-type.js';
import { normaliseSelection, scopeKeyOf } from '../../../src/modules/inventory/sync/selection.js';
import type { TenantDatabase } from '../../../src/platform/database/database.js';
import type { TenantScope } from '../../../src/platform/database/tenant-scope.js';

/** The inventory's own store, filled without Graph: what a sync would have read is given. */
export class SyncedInventory {
  readonly facade: InventoryFacade;
  private readonly runs: SyncRunRepository;
  private readonly writer: ReadingWriter;
  private operationRuns = 1_000;

  constructor(database: TenantDatabase) {
    this.runs = new SyncRunRepository(database);
    this.writer = new ReadingWriter(database, new VersionWriter(database));
    this.facade = new InventoryFacade(this.runs, new PolicyRepository(database));
  }

  /** One finished sync of everything with these readings. Answers the sync run's id. */
  async sync(scope: TenantScope, readings: readonly TypeReading[]): Promise<string> {
    const selection = normaliseSelection();
    const operationRunId = String((this.operationRuns += 1));
    const run = { operationRunId, attempt: 1, scopeKey: scopeKeyOf(selection), selection };
    const { id: syncRunId } = await this.runs.open(scope, run);
    const coverage = [];
    for (const reading of readings) coverage.push(await this.writer.apply(scope, { syncRunId, attempt: 1 }, reading));
    await this.runs.finish(scope, { syncRunId, attempt: 1 }, syncOutcome(coverage));
    return syncRunId;
  }
}

/** A type read to its end: `objects` as Graph gives them, with `settings` and `assignments` in them. */
export function readingOf(typeKey: string, objects: readonly JsonObject[]): TypeReading {
  const type = policyType(typeKey);
  if (!type) throw new Error(`There is no policy type ${typeKey}.`);
  const complete = objects.map((object) => {
    const settings = listIn(object, 'settings');
    const read = { externalId: String(object['id']), object, settings, assignments: listIn(object, 'assignments') };
    const policy = normalisePolicy(type, read);
    const proof = { settingsExpected: null, settingsStored: settings.length, assignmentsRead: true };
    return { policy, completeness: { ...proof, secretsMasked: policy.secretsMasked, complete: true } };
  });
  return {
    coverage: { type: typeKey, state: 'read', policies: objects.length, reasonCode: null },
    listed: new Set(objects.map((object) => String(object['id']))),
    complete,
    incomplete: [],
  };
}

/** A type that could not be read. */
export function unreadable(type: string, state: Exclude<CoverageState, 'read' | 'partial'>): TypeReading {
  const coverage = { type, state, policies: 0, reasonCode: `graph.${state}` };
  return { coverage, listed: new Set(), complete: [], incomplete: [] };
}

function listIn(object: JsonObject, key: string): unknown[] {
  const list = object[key];
  return Array.isArray(list) ? list : [];
}
