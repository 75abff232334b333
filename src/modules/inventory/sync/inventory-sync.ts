import { Injectable } from '@nestjs/common';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { GraphClient } from '#libs/graph-client/src/graph-client.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { ReadingNoteRepository } from '../data/reading-note.repository.js';
import { ReadingWriter } from '../data/reading-writer.js';
import { SyncRunRepository, type SyncAttempt, type SyncRunRow } from '../data/sync-run.repository.js';
import { SettingNameRepository } from '../data/setting-name.repository.js';
import { atOnce } from './at-once.js';
import { collectionsOf, type CollectionPlan } from './collection-plan.js';
import type { TypeCoverage } from './coverage.js';
import { syncOutcome } from './coverage.js';
import type { JudgedObject } from './object-reading.js';
import { ProgressNotes } from './progress-notes.js';
import { readCollection, type TypeEnding } from './read-collection.js';
import { ReadingJournal } from './reading-journal.js';
import type { ReadingPlace } from './reading-place.js';
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
  journal: ReadingJournal;
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
    private readonly notes: ReadingNoteRepository,
  ) {}

  /**
   * Syncs the selected types and closes the sync run. May be repeated for one operation run: a later attempt goes on
   * in the same sync run, where each collection was left; one that was closed before its worker was lost is only reported
   * again.
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
    // What an earlier attempt of this run has read to the end stands.
    const done = opened.coverage.filter(({ state }) => state === 'read');
    for (const coverage of done) order.onType(coverage);
    const left = typesOf(selection).filter(({ key }) => !done.some(({ type }) => type === key));
    const coverage = [...done, ...(await this.syncTypes(scope, client, sync, left, order))];
    await order.mayWrite();
    const isClosed = await this.runs.finish(scope, sync, syncOutcome(coverage));
    if (isClosed) await this.notes.clear(scope, sync.syncRunId);
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
    const journal = await this.writer.together(scope, () => ReadingJournal.open(this.notes, scope, sync));
    const names = await CachedSettingNames.open(this.settingNames, scope);
    const progress = new ProgressNotes(this.runs, scope, sync, plans, await this.runs.presentCounts(scope));
    const budgets = [...new Set(plans.map(({ collection }) => collection.budget))];
    // Each budget has lanes of its own: a collection that waits for a slow one must not keep the others from theirs.
    const coverage = await atOnce(budgets, budgets.length, order.signal, (budget, alive) =>
      atOnce(
        plans.filter(({ collection }) => collection.budget === budget),
        COLLECTIONS_AT_ONCE,
        alive,
        (plan, signal) =>
          this.syncCollection(scope, client, plan, { journal, names, progress, sync }, { ...order, signal }),
      ),
    );
    return coverage.flat(2);
  }

  private async syncCollection(
    scope: TenantScope,
    client: GraphClient,
    plan: CollectionPlan,
    { journal, names, progress, sync }: Companions,
    order: SyncOrder,
  ): Promise<TypeCoverage[]> {
    const place = journal.placeOf(plan);
    await progress.resumed(plan, place);
    const take = async (objects: readonly JudgedObject[], alive: AbortSignal): Promise<void> => {
      await order.mayWrite();
      alive.throwIfAborted();
      await this.writer.together(scope, async () => {
        const written = await this.takeTypes(scope, sync, objects);
        await journal.keep(place.keep(objects, written), written.size > 0);
      });
      await progress.took(objects);
    };
    const endings = await readCollection(client, plan, order.signal, take, names, place);
    order.signal.throwIfAborted();
    await order.mayWrite();
    const coverage = await this.close(scope, sync, endings, place, journal);
    for (const recorded of coverage) order.onType(recorded);
    await progress.ended(endings);
    return coverage;
  }

  /** Answers how many versions are new, by those types that have any. */
  private async takeTypes(
    scope: TenantScope,
    sync: SyncAttempt,
    objects: readonly JudgedObject[],
  ): Promise<ReadonlyMap<string, number>> {
    const written = new Map<string, number>();
    for (const type of new Set(objects.map((object) => object.type))) {
      const ofType = objects.filter((object) => object.type === type);
      const versions = await this.writer.take(scope, sync, type, ofType);
      if (versions > 0) written.set(type.key, versions);
    }
    return written;
  }

  /** Closes the reading of one collection; what was not read whole is noted, so that a later attempt knows what is left. */
  private close(
    scope: TenantScope,
    sync: SyncAttempt,
    endings: readonly TypeEnding[],
    place: ReadingPlace,
    journal: ReadingJournal,
  ): Promise<TypeCoverage[]> {
    return this.writer.together(scope, async () => {
      const coverage = await this.writer.close(scope, sync, endings, place.versionsWritten);
      const missing = coverage.filter(({ state }) => state !== 'read');
      if (missing.length > 0 && !place.isUntouched) {
        await journal.keep(place.close(missing.some(({ state }) => state === 'partial')), true);
      }
      return coverage;
    });
  }
}
