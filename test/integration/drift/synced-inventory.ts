import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import { PolicyRepository } from '../../../src/modules/inventory/data/policy.repository.js';
import { ReadingWriter } from '../../../src/modules/inventory/data/reading-writer.js';
import { ReferenceRepository } from '../../../src/modules/inventory/data/reference.repository.js';
import { SyncRunRepository } from '../../../src/modules/inventory/data/sync-run.repository.js';
import { VersionWriter } from '../../../src/modules/inventory/data/version-writer.js';
import { InventoryFacade } from '../../../src/modules/inventory/inventory.facade.js';
import { normalisePolicy } from '../../../src/modules/inventory/policy/canonical-policy.js';
import type { JsonObject } from '../../../src/modules/inventory/policy/json.js';
import { syncOutcome, type CoverageState, type TypeCoverage } from '../../../src/modules/inventory/sync/coverage.js';
import type { JudgedObject } from '../../../src/modules/inventory/sync/object-reading.js';
import type { TypeEnding } from '../../../src/modules/inventory/sync/read-collection.js';
import { normaliseSelection, scopeKeyOf } from '../../../src/modules/inventory/sync/selection.js';
import type { TenantDatabase } from '../../../src/platform/database/database.js';
import type { TenantScope } from '../../../src/platform/database/tenant-scope.js';

let operationRuns = 1_000;

/** What one sync read of one type. */
export interface TypeReading extends TypeEnding {
  objects: JudgedObject[];
}

/** The inventory's own store, filled without Graph: what a sync would have read is given. */
export class SyncedInventory {
  readonly facade: InventoryFacade;
  private readonly runs: SyncRunRepository;
  private readonly writer: ReadingWriter;

  constructor(database: TenantDatabase) {
    this.runs = new SyncRunRepository(database);
    this.writer = new ReadingWriter(database, new VersionWriter(database), new ReferenceRepository(database));
    this.facade = new InventoryFacade(this.runs, new PolicyRepository(database));
  }

  /** One finished sync with these readings, of everything unless types are named. Answers the sync run's id. */
  async sync(scope: TenantScope, readings: readonly TypeReading[], policyTypes?: string[]): Promise<string> {
    const { syncRunId } = await this.open(scope, policyTypes);
    const coverage = await this.read(scope, syncRunId, readings);
    await this.runs.finish(scope, { syncRunId, attempt: 1 }, syncOutcome(coverage));
    return syncRunId;
  }

  /** A sync that has read nothing yet; without {@link sync}'s end it stays open. */
  async open(scope: TenantScope, policyTypes?: string[]): Promise<{ syncRunId: string; operationRunId: string }> {
    const selection = normaliseSelection(policyTypes ? { policyTypes } : undefined);
    const operationRunId = String((operationRuns += 1));
    const run = { operationRunId, attempt: 1, scopeKey: scopeKeyOf(selection), selection };
    return { syncRunId: (await this.runs.open(scope, run)).id, operationRunId };
  }

  /** Takes these readings into an open sync run, and answers their coverage. */
  async read(scope: TenantScope, syncRunId: string, readings: readonly TypeReading[]): Promise<TypeCoverage[]> {
    const coverage: TypeCoverage[] = [];
    for (const { objects, ...ending } of readings) {
      const sync = { syncRunId, attempt: 1 };
      const [first] = objects;
      const written = first ? await this.writer.take(scope, sync, first.type, objects) : 0;
      coverage.push(...(await this.writer.close(scope, sync, [ending], new Map([[ending.coverage.type, written]]))));
    }
    return coverage;
  }
}

/** A type read to its end: `objects` as Graph gives them, with `settings` and `assignments` in them. */
export function readingOf(typeKey: string, objects: readonly JsonObject[]): TypeReading {
  const type = policyType(typeKey);
  if (!type) throw new Error(`There is no policy type ${typeKey}.`);
  return {
    coverage: { type: typeKey, state: 'read', policies: objects.length, reasonCode: null },
    listed: objects.map((object) => String(object['id'])),
    incomplete: 0,
    objects: objects.map((object) => {
      const externalId = String(object['id']);
      const policy = normalisePolicy(type, { externalId, object, assignments: listIn(object, 'assignments') });
      const settingsStored = listIn(object, 'settings').length;
      const proof = { settingsExpected: null, settingsStored, assignmentsRead: true };
      const completeness = { ...proof, secretsMasked: policy.secretsMasked, complete: true };
      return { externalId, type, policy, completeness };
    }),
  };
}

/** The same type, of which one more policy exists that could not be read whole. */
export function withUnread(reading: TypeReading, externalId: string): TypeReading {
  const type = policyType(reading.coverage.type);
  if (!type) throw new Error(`There is no policy type ${reading.coverage.type}.`);
  const proof = { settingsExpected: 2, settingsStored: 1, assignmentsRead: true, secretsMasked: 0, complete: false };
  const objects = [...reading.objects, { externalId, type, completeness: proof }];
  return {
    coverage: { type: type.key, state: 'partial', policies: objects.length, reasonCode: 'inventory.type_partial' },
    listed: [...reading.listed, externalId],
    incomplete: 1,
    objects,
  };
}

/** A type that could not be read. */
export function unreadable(type: string, state: Exclude<CoverageState, 'read' | 'partial'>): TypeReading {
  const coverage = { type, state, policies: 0, reasonCode: `graph.${state}` };
  return { coverage, listed: [], incomplete: 0, objects: [] };
}

function listIn(object: JsonObject, key: string): unknown[] {
  const list = object[key];
  return Array.isArray(list) ? list : [];
}
