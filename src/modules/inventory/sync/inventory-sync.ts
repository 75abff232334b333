import { Injectable } from '@nestjs/common';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { GraphClient } from '#libs/graph-client/src/graph-client.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { ReadingWriter } from '../data/reading-writer.js';
import { SyncRunRepository, type SyncAttempt, type SyncRunRow } from '../data/sync-run.repository.js';
import { SettingNameRepository } from '../data/setting-name.repository.js';
import { atOnce } from './at-once.js';
import { collectionsOf, type CollectionPlan } from './collection-plan.js';
import type { TypeCoverage } from './coverage.js';
import { syncOutcome } from './coverage.js';
import { ProgressNotes } from './progress-notes.js';
import { readCollection } from './read-collection.js';
import { CachedSettingNames, type SettingNames } from './setting-names.js';
import { scopeKeyOf, typesOf, type Selection } from './selection.js';

/** Collections of one budget read at once: enough to hide Graph's latency, few enough to keep a tenant's memory small. */
const COLLECTIONS_AT_ONCE = 4;

export interface SyncOrder {
  operationRunId: string;
  attempt: number;
  selection: Selection;
  signal: AbortSignal;
  /** Called before each write; what it throws ends the sync. */
  mayWrite(): Promise<void>;
  /** Called as each type is done. */
  onType(coverage: TypeCoverage): void;
}

/** What goes with every collection of one sync. */
interface Companions {
  names: SettingNames;
  progress: ProgressNotes;
  sync: SyncAttempt;
}

/** Reads a tenant through Graph into the inventory, each collection for itself. */
@Injectable()
export class InventorySync {
  constructor(
    private readonly runs: SyncRunRepository,
    private readonly writer: ReadingWriter,
    private readonly settingNames: SettingNameRepository,
  ) {}

  /**
   * Syncs the selected types and closes the sync run. May be repeated for one operation run: a later attempt goes on
   * in the same sync run, and one that was closed before its worker was lost is only reported again.
   * @throws the signal's reason, or what `mayWrite` throws; the sync run then stays open
   */
  async run(scope: TenantScope, client: GraphClient, order: SyncOrder): Promise<SyncRunRow> {
    const { operationRunId, attempt, selection } = order;
    await order.mayWrite();
    const opened = await this.runs.open(scope, {
      operationRunId,
      attempt,
      selection,
      scopeKey: scopeKeyOf(selection),
    });
    if (opened.outcome !== null) {
      for (const coverage of opened.coverage) order.onType(coverage);
      return opened;
    }
    const sync: SyncAttempt = { syncRunId: opened.id, attempt };
    // What an earlier attempt of this run has read to the end stands; the rest is read again.
    const done = opened.coverage.filter(({ state }) => state === 'read');
    for (const coverage of done) order.onType(coverage);
    const left = typesOf(selection).filter(({ key }) => !done.some(({ type }) => type === key));
    const coverage = [...done, ...(await this.syncTypes(scope, client, sync, left, order))];
    await order.mayWrite();
    await this.runs.finish(scope, sync, syncOutcome(coverage));
    return (await this.runs.find(scope, opened.id)) ?? opened;
  }

  /** One collection that must stop (lease lost, cancelled) stops the others, so that nothing writes after this method. */
  private async syncTypes(
    scope: TenantScope,
    client: GraphClient,
    sync: SyncAttempt,
    types: readonly PolicyType[],
    order: SyncOrder,
  ): Promise<TypeCoverage[]> {
    const plans = collectionsOf(types);
    const names = await CachedSettingNames.open(this.settingNames, scope);
    const progress = new ProgressNotes(this.runs, scope, sync, plans, await this.runs.presentCounts(scope));
    const budgets = [...new Set(plans.map(({ collection }) => collection.budget))];
    // Each budget has lanes of its own: a collection that waits for a slow one must not keep the others from theirs.
    const coverage = await atOnce(budgets, budgets.length, order.signal, (budget, alive) =>
      atOnce(
        plans.filter(({ collection }) => collection.budget === budget),
        COLLECTIONS_AT_ONCE,
        alive,
        (plan, signal) => this.syncCollection(scope, client, plan, { names, progress, sync }, { ...order, signal }),
      ),
    );
    return coverage.flat(2);
  }

  private async syncCollection(
    scope: TenantScope,
    client: GraphClient,
    plan: CollectionPlan,
    { names, progress, sync }: Companions,
    order: SyncOrder,
  ): Promise<TypeCoverage[]> {
    const written = new Map<string, number>();
    const endings = await readCollection(
      client,
      plan,
      order.signal,
      async (objects, alive) => {
        for (const type of new Set(objects.map((object) => object.type))) {
          const ofType = objects.filter((object) => object.type === type);
          await order.mayWrite();
          alive.throwIfAborted();
          const versions = await this.writer.take(scope, sync, type, ofType);
          written.set(type.key, (written.get(type.key) ?? 0) + versions);
        }
        await progress.took(objects);
      },
      names,
    );
    order.signal.throwIfAborted();
    await order.mayWrite();
    const coverage = await this.writer.close(scope, sync, endings, written);
    for (const recorded of coverage) order.onType(recorded);
    await progress.ended(endings);
    return coverage;
  }
}
