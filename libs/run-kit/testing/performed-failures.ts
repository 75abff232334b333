import { COMMON_REASONS } from '../src/common-reasons.js';
import type { RunItem } from '../src/run-processor.js';

/** A reason as it would be stored in the run's failures. */
export interface PerformedFailure {
  code: string;
  message: string;
  count: number;
}

/** The catalogue's sentences for one run type; a code that nobody declared becomes `internal.error`, as in production. */
export class PerformedSentences {
  private readonly sentences: ReadonlyMap<string, string>;

  constructor(own: Readonly<Record<string, string>>) {
    this.sentences = new Map([...Object.entries(COMMON_REASONS), ...Object.entries(own)]);
  }

  knows(code: string): boolean {
    return this.sentences.has(code);
  }

  /** Why the run stopped, then the reasons of failed items, the most frequent first. */
  summary(stoppedBy: string | undefined, items: readonly RunItem[]): PerformedFailure[] {
    const groups = new Map<string, PerformedFailure>();
    for (const { result, reasonCode } of items) {
      if (result !== 'failed') continue;
      const failure = this.failure(reasonCode);
      groups.set(failure.code, { ...failure, count: (groups.get(failure.code)?.count ?? 0) + 1 });
    }
    const ofItems = [...groups.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
    return stoppedBy === undefined ? ofItems : [{ ...this.failure(stoppedBy), count: 1 }, ...ofItems];
  }

  private failure(code: string | undefined): { code: string; message: string } {
    const known = code !== undefined && this.knows(code) ? code : 'internal.error';
    return { code: known, message: this.sentences.get(known) ?? '' };
  }
}
