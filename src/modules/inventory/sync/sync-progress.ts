import type { GraphBudget, PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { CollectionPlan } from './collection-plan.js';
import type { JudgedObject } from './object-reading.js';
import type { TypeEnding } from './read-collection.js';

/** How far a sync is; kept with the sync run while it goes on. */
export interface SyncProgressState {
  /** Seconds until everything is read, at the pace so far; null while nothing says how much there is. */
  etaSeconds: number | null;
  types: TypeProgress[];
}

export interface TypeProgress {
  type: string;
  /** Policies read so far. */
  read: number;
  /** How many there are: as many as the inventory holds, until the list is at its end; null for a type never read. */
  of: number | null;
  done: boolean;
}

/** Counts what a sync has read, and tells from its pace how long the rest takes. */
export class SyncProgress {
  /** `before`: of those read, how many an earlier attempt read; they say nothing of this one's pace. */
  private readonly types: ReadonlyMap<string, TypeProgress & { asked: PolicyType; before: number }>;
  private readonly startedAt: number;

  /**
   * @param present how many policies the inventory holds, by type
   * @param now milliseconds
   */
  constructor(
    plans: readonly CollectionPlan[],
    present: ReadonlyMap<string, number>,
    private readonly now: () => number,
  ) {
    this.startedAt = now();
    this.types = new Map(
      plans
        .flatMap(({ selected }) => selected)
        .map((asked) => {
          const { key: type } = asked;
          return [type, { type, asked, read: 0, of: present.get(type) ?? null, done: false, before: 0 }] as const;
        }),
    );
  }

  /** An earlier attempt has read so many of a type. */
  resumed(type: string, read: number): void {
    const progress = this.types.get(type);
    if (!progress) return;
    progress.before = read;
    this.add(progress, read);
  }

  took(objects: readonly JudgedObject[]): void {
    for (const { type } of objects) {
      const progress = this.types.get(type.key);
      if (progress) this.add(progress, 1);
    }
  }

  ended(endings: readonly TypeEnding[]): void {
    for (const { coverage } of endings) {
      const progress = this.types.get(coverage.type);
      if (progress) Object.assign(progress, { of: progress.read, done: true });
    }
  }

  state(): SyncProgressState {
    const types = [...this.types.values()].map(({ type, read, of, done }) => ({ type, read, of, done }));
    return { etaSeconds: this.etaSeconds(), types };
  }

  private add(progress: TypeProgress, read: number): void {
    progress.read += read;
    if (progress.of !== null) progress.of = Math.max(progress.of, progress.read);
  }

  /** Budgets go on side by side, so the slowest decides. */
  private etaSeconds(): number | null {
    const seconds = (this.now() - this.startedAt) / 1000;
    const left: number[] = [];
    for (const budget of new Set([...this.types.values()].map(({ asked }) => asked.collection.budget))) {
      const { done, open, unknown } = this.requestsOf(budget);
      if (open > 0 || unknown) left.push(unknown || done === 0 ? NaN : (seconds * open) / done);
    }
    const eta = Math.max(0, ...left);
    return Number.isNaN(eta) ? null : Math.ceil(eta);
  }

  private requestsOf(budget: GraphBudget): { done: number; open: number; unknown: boolean } {
    const sum = { done: 0, open: 0, unknown: false };
    for (const { asked, read, of, done, before } of this.types.values()) {
      if (asked.collection.budget !== budget) continue;
      const each = requestsFor(asked);
      sum.done += (read - before) * each;
      if (done) continue;
      if (of === null) sum.unknown = true;
      else sum.open += (of - read) * each;
    }
    return sum;
  }
}

/** Requests that one object of a type takes, its share of the list's pages included; relations are of few objects. */
function requestsFor({ collection: { item, children, assignments, pageSize } }: PolicyType): number {
  const apart = children.filter(({ onList, relation }) => !onList && relation === undefined).length;
  return (item ? 1 : 0) + apart + (assignments === 'own-collection' ? 1 : 0) + 1 / pageSize;
}
