import { endFor } from '../invariants.js';
import type { Add, Protocol } from '../protocol.js';
import { ringSeen, runOf, type State } from '../state.js';
import { ringWithRow } from './start-steps.js';

/** What people do to runs: cancel them, and let held ones go. */
export function personSteps(protocol: Protocol, state: State, add: Add): void {
  const { canceller } = state;
  if (canceller.at === 'complete') {
    const { run: at, seq } = canceller.seen;
    add('engine', `the canceller completes run ${at}`, (next) => {
      const run = runOf(next, at);
      const queued = run.status === 'queued' || !protocol.has('cancelChecksQueued');
      const sameSeq = run.seq === seq || !protocol.has('cancelChecksSeq');
      if (queued && sameSeq) endFor(next, at, 'cancelled', run.wish);
      next.canceller = { at: 'idle' };
    });
  }
  state.runs.forEach((run, at) => {
    if (state.budget.cancel > 0 && canceller.at === 'idle' && (run.status === 'queued' || run.status === 'running')) {
      add('person', `a person cancels run ${at}`, (next) => {
        next.budget.cancel -= 1;
        runOf(next, at).wish = true;
        if (run.status === 'queued') next.canceller = { at: 'complete', seen: ringSeen(next, at) };
      });
    }
    if (state.budget.letGo > 0 && run.status === 'queued' && run.held === 'yes' && !run.wish) {
      add('person', `a person lets run ${at} go`, (next) => {
        next.budget.letGo -= 1;
        const row = runOf(next, at);
        row.held = 'no';
        row.seq += 1;
        ringWithRow(protocol, next, at);
      });
    }
  });
}
