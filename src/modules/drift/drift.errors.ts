import { DomainError } from '../../platform/errors/domain-error.js';

/** There are not two sync runs of the scope to compare; `missing` says in words what to do. */
export class NotEnoughRuns extends DomainError {
  constructor(missing: string) {
    super('drift.not_enough_runs', 'conflict', missing);
  }
}

/** The two runs that were named cannot be compared with each other. */
export class RunsNotComparable extends DomainError {
  constructor(field: 'baselineRunId' | 'currentRunId' | 'scopeKey', sentence: string) {
    super('drift.runs_not_comparable', 'unprocessable', sentence, { errors: [{ field, message: sentence }] });
  }
}
