import type { Add, AddFault } from '../protocol.js';
import { runOf, type State, type Worker } from '../state.js';

type Working = Extract<Worker, { at: 'work' }>;

/** What goes wrong, and the clock. */
export function faultSteps(state: State, add: Add, fault: AddFault): void {
  transportFaults(state, add, fault);
  workerFaults(state, add, fault);
  state.starters.forEach((starter, at) => {
    if (starter.at === 'ring' || starter.at === 'mark' || starter.at === 'fail') {
      fault('starterDies', `the process of start ${at} dies`, (next) => (next.starters[at] = { at: 'done' }));
    }
  });
  if (state.canceller.at !== 'idle') {
    fault('starterDies', 'the canceller’s process dies', (next) => (next.canceller = { at: 'idle' }));
  }
  state.sweepers.forEach((sweeper, s) => {
    if (sweeper.at !== 'idle') fault('sweeperDies', `sweep ${s} dies`, (next) => (next.sweepers[s] = { at: 'idle' }));
  });
  state.runs.forEach((run, at) => {
    if (run.status === 'queued' && run.held === 'yes') {
      add('time', `the hold of run ${at} runs out`, (next) => (runOf(next, at).held = 'over'));
    }
  });
}

function transportFaults(state: State, add: Add, fault: AddFault): void {
  if (state.bells.length > 0) {
    fault('ringLost', 'a ring is lost', (next) => next.bells.shift());
    fault('flush', 'all rings are lost', (next) => (next.bells = []));
    fault('ringDoubled', 'a ring is delivered twice', (next) => next.bells.push(...next.bells.slice(0, 1)));
  }
  if (state.late.length > 0) {
    add('time', 'a late ring arrives', (next) => next.bells.push(...next.late.splice(0, 1)));
  }
}

function workerFaults(state: State, add: Add, fault: AddFault): void {
  state.workers.forEach((worker, w) => {
    if (worker.at !== 'idle') {
      fault('crash', `worker ${w} is killed, and another starts`, (next) => (next.workers[w] = { at: 'idle' }));
    }
    if (worker.at === 'work' && !worker.frozen) {
      fault('freeze', `worker ${w} freezes`, (next) => (next.workers[w] = { ...worker, frozen: true }));
    }
    if (worker.at === 'work' && worker.frozen) {
      add('fault', `worker ${w} thaws`, (next) => (next.workers[w] = { ...worker, frozen: false }));
    }
  });
  state.runs.forEach((run, at) => {
    if (run.status !== 'running' || run.lease !== 'good') return;
    const holder = state.workers.find(
      (worker): worker is Working =>
        worker.at === 'work' && worker.lease.run === at && worker.lease.claims === run.claims,
    );
    const expire = (next: State): void => void (runOf(next, at).lease = 'over');
    if (!holder || holder.frozen) add('time', `the lease of run ${at} runs out`, expire);
    else fault('slow', `the worker of run ${at} is too slow for its lease`, expire);
  });
}
