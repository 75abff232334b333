import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { NO_COUNTS, outcomeOf, type SummaryCounts, type TerminalOutcome } from '../src/run-outcome.js';
import type { RunContext, RunItem, RunProcessor } from '../src/run-processor.js';
import type { Json, RunType } from '../src/run-type.js';

export interface PerformedRun {
  outcome: TerminalOutcome;
  counts: SummaryCounts;
  items: RunItem[];
  context: Record<string, Json>;
  reasonCode?: string;
}

/**
 * Works one run in the test's own process, without queue or database: the payload goes through JSON and validation as
 * in production, then through `processor`. Throws when the payload is not valid for the type.
 */
export async function performRun<P extends object>(
  type: RunType<P>,
  processor: RunProcessor<P>,
  payload: P,
  overrides: Partial<Pick<RunContext, 'runId' | 'tenantId' | 'signal'>> = {},
): Promise<PerformedRun> {
  const parsed = plainToInstance(type.payload, JSON.parse(JSON.stringify(payload)) as object);
  const faults = validateSync(parsed, { whitelist: true, forbidNonWhitelisted: true });
  if (faults.length > 0) throw new Error(`${type.kind}: invalid payload: ${faults.map((f) => f.property).join(', ')}`);
  const items: RunItem[] = [];
  const context: RunContext = {
    runId: '1',
    tenantId: '00000000-0000-4000-8000-000000000001',
    attempt: 1,
    signal: new AbortController().signal,
    log: { info: () => undefined, warn: () => undefined },
    progress: () => undefined,
    item: (item) => void items.push(item),
    checkLease: () => Promise.resolve(),
    ...overrides,
  };
  const result = await processor.work(parsed, context);
  const counts =
    items.length > 0 ? countItems(items) : result.stop === 'finished' ? (result.counts ?? NO_COUNTS) : NO_COUNTS;
  return {
    outcome: outcomeOf(counts, result.stop),
    counts,
    items,
    context: result.context ?? {},
    ...(result.stop === 'aborted' ? { reasonCode: result.reasonCode } : {}),
  };
}

function countItems(items: readonly RunItem[]): SummaryCounts {
  const of = (result: RunItem['result']): number => items.filter((item) => item.result === result).length;
  return {
    total: items.length,
    processed: items.length,
    success: of('success'),
    failed: of('failed'),
    skipped: of('skipped'),
  };
}
