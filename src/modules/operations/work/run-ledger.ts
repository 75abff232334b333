import type { SummaryCounts } from '#libs/run-kit/src/run-outcome.js';
import { NO_COUNTS } from '#libs/run-kit/src/run-outcome.js';
import type { RunItem } from '#libs/run-kit/src/run-processor.js';
import type { FinishedItem } from '../data/finish-statement.js';
import type { FailureCatalogue } from '../failures/failure-catalogue.js';

/** Ids and names of items, in characters. */
const LONGEST_TEXT = 300;

/** What one handler reported so far: its items, its counts and the failures among them. */
export class RunLedger {
  private readonly items = new Map<string, RunItem>();
  private progressed: SummaryCounts = NO_COUNTS;
  private changed = false;

  /** Records an item; reported twice, the later result counts. */
  item(item: RunItem): void {
    this.items.set(`${storable(item.kind)}\u0000${storable(item.itemId)}`, item);
    this.changed = true;
  }

  progress(counts: Partial<SummaryCounts>): void {
    this.progressed = { ...this.progressed, ...counts };
    this.changed = true;
  }

  /** The counts to write now, undefined when nothing changed since the last call. */
  takeProgress(): SummaryCounts | undefined {
    if (!this.changed) return undefined;
    this.changed = false;
    const counted = this.counted();
    return counted ? { ...counted, total: Math.max(counted.total, this.progressed.total) } : this.progressed;
  }

  /** The final counts: of the items where there are any, else those the handler answered or last reported. */
  finalCounts(answered: SummaryCounts | undefined): SummaryCounts {
    return this.counted() ?? answered ?? this.progressed;
  }

  finishedItems(failures: FailureCatalogue): FinishedItem[] {
    return [...this.items.values()].map((item) => {
      const known = item.reasonCode === undefined ? undefined : failures.failure(item.reasonCode);
      const failed = item.result === 'failed' ? (known ?? failures.failure(undefined)) : known;
      return {
        itemId: storable(item.itemId),
        kind: storable(item.kind),
        name: item.name === undefined ? null : storable(item.name),
        result: item.result,
        reasonCode: failed?.code ?? null,
        reason: failed?.message ?? null,
      };
    });
  }

  private counted(): SummaryCounts | undefined {
    if (this.items.size === 0) return undefined;
    const counts = { total: this.items.size, processed: this.items.size, success: 0, failed: 0, skipped: 0 };
    for (const { result } of this.items.values()) counts[result] += 1;
    return counts;
  }
}

/** What PostgreSQL keeps as text: no NUL, and no half of a surrogate pair, which encoding replaces. */
function storable(text: string): string {
  return Buffer.from(text.slice(0, LONGEST_TEXT).replaceAll('\u0000', '')).toString();
}

/** Failures grouped by code, the most frequent first. */
export function summarise(items: readonly FinishedItem[]): { code: string; message: string; count: number }[] {
  const groups = new Map<string, { code: string; message: string; count: number }>();
  for (const { result, reasonCode, reason } of items) {
    if (result !== 'failed' || reasonCode === null) continue;
    const group = groups.get(reasonCode) ?? { code: reasonCode, message: reason ?? '', count: 0 };
    group.count += 1;
    groups.set(reasonCode, group);
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}
