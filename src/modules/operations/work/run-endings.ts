import { Injectable } from '@nestjs/common';
import { NO_COUNTS } from '#libs/run-kit/src/run-outcome.js';
import type { RunRow } from '../data/run-row.js';
import type { FinishGuard, RunRepair } from '../data/finish-statement.js';
import { FailureCatalogue } from '../failures/failure-catalogue.js';
import { RunCompletion } from './run-completion.js';

/** Ends runs that no worker ends: nothing is known of their items, so none are counted. */
@Injectable()
export class RunEndings {
  constructor(
    private readonly completion: RunCompletion,
    private readonly failures: FailureCatalogue,
  ) {}

  /** Fails the run for a reason of the catalogue; undefined when `guard` no longer holds. */
  fail(guard: FinishGuard, code: string, because?: RunRepair): Promise<RunRow | undefined> {
    return this.end(guard, 'failed', code, because);
  }

  /** Cancels the run, for a reason of the catalogue where it was not a person's wish; undefined when `guard` no longer holds. */
  cancel(guard: FinishGuard, code?: string, because?: RunRepair): Promise<RunRow | undefined> {
    return this.end(guard, 'cancelled', code, because);
  }

  private end(
    guard: FinishGuard,
    outcome: 'failed' | 'cancelled',
    code: string | undefined,
    because: RunRepair | undefined,
  ): Promise<RunRow | undefined> {
    return this.completion.complete(guard, {
      outcome,
      counts: NO_COUNTS,
      failures: code === undefined ? [] : [{ ...this.failures.failure(code), count: 1 }],
      context: {},
      items: [],
      ...(because === undefined ? {} : { because }),
    });
  }
}
