import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { ReadingNoteRepository } from '../data/reading-note.repository.js';
import type { SyncAttempt } from '../data/sync-run.repository.js';
import type { CollectionPlan } from './collection-plan.js';
import { ReadingPlace, type PlaceStep } from './reading-place.js';

/** How long steps that changed nothing else wait for a note: what a crash may cost, and what an unchanged tenant writes. */
const NOTED_AFTER_MS = 1_000;

/**
 * Notes how far each collection of a sync is read, so that a later attempt goes on there. A step is noted in the
 * transaction of the versions that its chunk wrote. Where a chunk wrote none, as nearly all of a tenant that is synced
 * again, its step goes with the next note: else a sync that changes nothing would write a row for each chunk.
 */
export class ReadingJournal {
  private readonly waiting: PlaceStep[] = [];
  private dueAt: number;

  private constructor(
    private readonly repository: ReadingNoteRepository,
    private readonly scope: TenantScope,
    private readonly sync: SyncAttempt,
    private notes: number,
    private readonly earlier: readonly PlaceStep[],
    private readonly now: () => number,
  ) {
    this.dueAt = now() + NOTED_AFTER_MS;
  }

  /**
   * Takes up what earlier attempts noted, in a transaction that holds the tenant's inventory lock.
   * @param now milliseconds
   * @throws ReadingTakenOver
   */
  static async open(
    repository: ReadingNoteRepository,
    scope: TenantScope,
    sync: SyncAttempt,
    now: () => number = Date.now,
  ): Promise<ReadingJournal> {
    const { notes, steps } = await repository.claim(scope, sync);
    return new ReadingJournal(repository, scope, sync, notes, steps, now);
  }

  placeOf(plan: CollectionPlan): ReadingPlace {
    return ReadingPlace.after(plan, this.earlier);
  }

  /**
   * Keeps a step, in the transaction of its chunk, which holds the tenant's inventory lock. When that is undone, so is the
   * note; the numbers of later ones then leave a gap, and what they say does not count.
   * @param wrote whether the chunk wrote versions
   * @throws ReadingTakenOver
   */
  async keep(step: PlaceStep, wrote: boolean): Promise<void> {
    this.waiting.push(step);
    if (!wrote && this.now() < this.dueAt) return;
    this.dueAt = this.now() + NOTED_AFTER_MS;
    await this.repository.add(this.scope, this.sync, (this.notes += 1), this.waiting.splice(0));
  }
}
