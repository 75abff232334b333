import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { NO_COUNTS, outcomeOf, type StopReason, type SummaryCounts, type TerminalOutcome } from '../src/run-outcome.js';
import { RunStopped, type RunItem, type RunProcessor, type WorkResult } from '../src/run-processor.js';
import type { Json, RunType } from '../src/run-type.js';
import { PerformedSentences, type PerformedFailure } from './performed-failures.js';
import { RehearsedContext, type Rehearsal } from './rehearsed-context.js';

export interface PerformedRun {
  outcome: TerminalOutcome;
  counts: SummaryCounts;
  items: RunItem[];
  context: Record<string, Json>;
  reasonCode?: string;
  /** The run's failures as they would be stored: why it stopped, then its items' reasons, the most frequent first. */
  failureSummary: PerformedFailure[];
  /** What the handler said with `progress`, in order. */
  progress: Partial<SummaryCounts>[];
  /** How often the handler asked for its lease. */
  leaseChecks: number;
}

interface Ended {
  stop: StopReason;
  reasonCode?: string;
  result?: WorkResult;
}

/**
 * Works one run in the test's own process, without queue or database: the payload goes through JSON and validation as
 * in production, then through `processor`. Throws when the payload is not valid for the type.
 *
 * It ends as the engine would end it: a thrown error whose `code` the catalogue knows fails the run, a cancel cancels it,
 * a timeout fails it. What has no end in the run's row is thrown: a lost lease and a stopping process
 * ({@link RunStopped}), and an error without a known code, because it is a fault of the handler.
 */
export async function performRun<P extends object>(
  type: RunType<P>,
  processor: RunProcessor<NoInfer<P>>,
  payload: NoInfer<P>,
  rehearsal: Rehearsal = {},
): Promise<PerformedRun> {
  const parsed = plainToInstance(type.payload, JSON.parse(JSON.stringify(payload)) as object);
  const faults = validateSync(parsed, { whitelist: true, forbidNonWhitelisted: true });
  if (faults.length > 0) throw new Error(`${type.kind}: invalid payload: ${faults.map((f) => f.property).join(', ')}`);
  const sentences = new PerformedSentences(type.reasons ?? {});
  const context = new RehearsedContext(rehearsal);
  const ended = await workedToItsEnd(() => processor.work(parsed, context), sentences);
  const counts = countsOf(context, ended.result);
  return {
    outcome: outcomeOf(counts, ended.stop),
    counts,
    items: context.items,
    context: ended.result?.context ?? {},
    ...(ended.reasonCode === undefined ? {} : { reasonCode: ended.reasonCode }),
    failureSummary: sentences.summary(ended.reasonCode, context.items),
    progress: context.said,
    leaseChecks: context.leaseChecks,
  };
}

async function workedToItsEnd(work: () => Promise<WorkResult>, sentences: PerformedSentences): Promise<Ended> {
  try {
    const result = await work();
    return result.stop === 'aborted'
      ? { stop: 'aborted', reasonCode: result.reasonCode, result }
      : { stop: 'finished', result };
  } catch (error) {
    const ended = error instanceof RunStopped ? endOfStopped(error.reason) : endOfThrown(error, sentences);
    if (!ended) throw error;
    return ended;
  }
}

function endOfStopped(reason: RunStopped['reason']): Ended | undefined {
  switch (reason) {
    case 'cancelled':
      return { stop: 'cancelled' };
    case 'timeout':
      return { stop: 'aborted', reasonCode: 'run.timeout' };
    case 'lease_lost':
    case 'shutdown':
      return undefined;
  }
}

function endOfThrown(error: unknown, sentences: PerformedSentences): Ended | undefined {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && sentences.knows(code) ? { stop: 'aborted', reasonCode: code } : undefined;
}

function countsOf(context: RehearsedContext, result: WorkResult | undefined): SummaryCounts {
  if (context.items.length > 0) return countItems(context.items);
  const answered = result?.stop === 'finished' ? result.counts : undefined;
  return answered ?? context.said.reduce<SummaryCounts>((counts, said) => ({ ...counts, ...said }), NO_COUNTS);
}

function countItems(items: readonly RunItem[]): SummaryCounts {
  const counts = { total: items.length, processed: items.length, success: 0, failed: 0, skipped: 0 };
  for (const { result } of items) counts[result] += 1;
  return counts;
}
