import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { SyncAttempt, SyncRunRepository } from '../data/sync-run.repository.js';
import type { CollectionPlan } from './collection-plan.js';
import type { JudgedObject } from './object-reading.js';
import type { TypeEnding } from './read-collection.js';
import type { ReadingPlace } from './reading-place.js';
import { SyncProgress } from './sync-progress.js';

/** How often the progress is written; people look at it no more often. */
const EVERY_MS = 2_000;

/** Writes the progress of a sync down, every few seconds. */
export class ProgressNotes {
  private readonly progress: SyncProgress;
  private nextAt: number;

  constructor(
    private readonly runs: SyncRunRepository,
    private readonly scope: TenantScope,
    private readonly sync: SyncAttempt,
    plans: readonly CollectionPlan[],
    present: ReadonlyMap<string, number>,
    private readonly now: () => number = Date.now,
  ) {
    this.progress = new SyncProgress(plans, present, now);
    this.nextAt = now() + EVERY_MS;
  }

  /** An earlier attempt has read a part of a collection. */
  async resumed({ selected }: CollectionPlan, place: ReadingPlace): Promise<void> {
    for (const { key } of selected) this.progress.resumed(key, place.kept(key));
    await this.note();
  }

  async took(objects: readonly JudgedObject[]): Promise<void> {
    this.progress.took(objects);
    await this.note();
  }

  async ended(endings: readonly TypeEnding[]): Promise<void> {
    this.progress.ended(endings);
    await this.note();
  }

  private async note(): Promise<void> {
    if (this.now() < this.nextAt) return;
    this.nextAt = this.now() + EVERY_MS;
    await this.runs.note(this.scope, this.sync, this.progress.state());
  }
}
