import { complete, noteWrite } from '../invariants.js';
import type { Add, AddFault, Protocol } from '../protocol.js';
import { runOf, type Lease, type State, type Worker } from '../state.js';
import { lookSteps } from './look-steps.js';

type Working = Extract<Worker, { at: 'work' }>;

/** A worker: ring, look, claim, work, finish, and on in a lane that was full. */
export function workSteps(protocol: Protocol, state: State, add: Add, fault: AddFault): void {
  state.workers.forEach((worker, w) => {
    const becomes = (next: State, now: Worker): void => void (next.workers[w] = now);
    switch (worker.at) {
      case 'idle':
        if (state.bells.length === 0) return;
        add('engine', `worker ${w} takes a ring`, (next) => {
          next.bells.shift();
          becomes(next, { at: 'ring', waits: false });
        });
        return;
      case 'ring':
      case 'claim':
        lookSteps(protocol, state, w, worker, add);
        return;
      case 'work':
        if (!worker.frozen) workingSteps(protocol, state, w, worker, add, fault);
        return;
      case 'more':
        add('engine', `worker ${w} looks for more`, (next) => {
          const more = protocol.has('goesOnInAFullLane') && isAnyWaiting(protocol, next);
          becomes(next, more ? { at: 'ring', waits: false } : { at: 'idle' });
        });
        return;
      case 'giveBack':
        add('engine', `worker ${w} rings for run ${worker.run}, which it gave back`, (next) => {
          next.bells.push(worker.run);
          becomes(next, { at: 'idle' });
        });
    }
  });
}

function workingSteps(protocol: Protocol, state: State, w: number, worker: Working, add: Add, fault: AddFault): void {
  const { lease } = worker;
  const at = lease.run;
  add('engine', `worker ${w} beats for run ${at}`, (next) => {
    const run = runOf(next, at);
    const holds = run.status === 'running' && (run.epoch === lease.epoch || !protocol.has('heartbeatChecksEpoch'));
    if (holds) {
      noteWrite(next, at, lease, false);
      run.lease = 'good';
    }
    next.workers[w] = holds ? { ...worker, cancelled: run.wish } : { at: 'more' };
  });
  add('engine', `worker ${w} finishes run ${at}`, (next) => {
    finish(protocol, next, lease, worker.cancelled);
    next.workers[w] = { at: 'more' };
  });
  fault('finishAckLost', `worker ${w} finishes run ${at}, and the answer is lost`, (next) => {
    finish(protocol, next, lease, worker.cancelled);
  });
  if (state.budget.release > 0) {
    add('person', `worker ${w} is stopped and gives run ${at} back`, (next) => {
      next.budget.release -= 1;
      const run = runOf(next, at);
      const holds = run.status === 'running' && (run.epoch === lease.epoch || !protocol.has('releaseChecksEpoch'));
      if (holds) {
        noteWrite(next, at, lease, false);
        putBack(protocol, next, at);
        run.attempt -= 1;
        run.dispatched = false;
      }
      next.workers[w] = holds ? { at: 'giveBack', run: at } : { at: 'idle' };
    });
  }
}

function finish(protocol: Protocol, next: State, lease: Lease, cancelled: boolean): void {
  const run = runOf(next, lease.run);
  if (protocol.has('finishChecksStatus') && run.status !== 'running') return;
  if (protocol.has('finishChecksEpoch') && run.epoch !== lease.epoch) return;
  noteWrite(next, lease.run, lease, true);
  complete(run, cancelled ? 'cancelled' : 'succeeded');
}

/** From running to queued, under a ring of its own. */
export function putBack(protocol: Protocol, next: State, at: number): void {
  const run = runOf(next, at);
  Object.assign(run, { status: 'queued', seq: run.seq + 1, lease: 'none' });
  if (!protocol.has('epochIsNeverReset')) run.epoch = 0;
}

export function isFull({ limitPerTenant }: Protocol, state: State): boolean {
  return state.runs.filter(({ status }) => status === 'running').length >= limitPerTenant;
}

export function isWaiting(protocol: Protocol, state: State, at: number): boolean {
  const { status, held } = runOf(state, at);
  return status === 'queued' && (held === 'no' || !protocol.has('claimRespectsHold'));
}

function isAnyWaiting(protocol: Protocol, state: State): boolean {
  return Number.isFinite(protocol.limitPerTenant) && state.runs.some((_, at) => isWaiting(protocol, state, at));
}
