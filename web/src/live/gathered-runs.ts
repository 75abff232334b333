import { isActive, type Run } from '../api/operations';
import { newerRun } from '../runs/run-lists';

/** What was told of one run since the last look. */
export interface ToldRun {
  run: Run;
  /** Of a run that has ended: whether it was told as active just before. */
  wasActive: boolean;
}

/** Gathers what is told of runs: of each run the newest, in the order of their first news; ends in the order of the ends. */
export class GatheredRuns {
  private told = new Map<string, ToldRun>();

  add(run: Run): void {
    const known = this.told.get(run.id)?.run;
    if (known !== undefined && !isActive(known)) return;
    // An end takes its place among the ends, not where the run became known.
    if (!isActive(run)) this.told.delete(run.id);
    this.told.set(run.id, {
      run: known === undefined ? run : newerRun(known, run),
      wasActive: !isActive(run) && known !== undefined,
    });
  }

  /** Gives what was gathered, and begins anew. */
  take(): readonly ToldRun[] {
    const told = [...this.told.values()];
    this.told = new Map();
    return told;
  }
}
