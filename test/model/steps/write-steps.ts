import type { Add } from '../protocol.js';
import type { Step } from '../explore.js';
import { runOf, type Run, type State } from '../state.js';

/**
 * Anybody's write to a row that takes its time: a dispatch that is noted, a wish, a repair. What it writes is a step
 * elsewhere; here is that its transaction holds the row's lock meanwhile.
 */
export function writeSteps(state: State, add: Add): void {
  state.runs.forEach((run, at) => {
    if (run.locked) {
      add('engine', `the write to run ${at} is over`, (next) => (runOf(next, at).locked = false));
    } else if (state.budget.writes > 0 && (run.status === 'queued' || run.status === 'running')) {
      add('person', `somebody begins to write to run ${at}`, (next) => {
        next.budget.writes -= 1;
        runOf(next, at).locked = true;
      });
    }
  });
}

/** Whether a step writes to a row that somebody else holds: it cannot be taken before that write is over. */
export function waitsForRow(state: State, { kind, next }: Step<State>): boolean {
  if (kind === 'time') return false;
  return state.runs.some((run, at) => {
    const after = runOf(next, at);
    return run.locked && after.locked && isWritten(run, after);
  });
}

/** That a lease or a hold is over is written by nobody: only the clock has moved. */
function isWritten(before: Run, after: Run): boolean {
  return (Object.keys(before) as (keyof Run)[]).some(
    (field) => before[field] !== after[field] && after[field] !== 'over',
  );
}
