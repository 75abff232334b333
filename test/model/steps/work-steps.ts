import { complete, noteWrite } from '../invariants.js';
import type { Add, AddFault, Protocol } from '../protocol.js';
import { runOf, type Lease, type State, type Worker } from '../state.js';

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
          becomes(next, { at: 'ring' });
        });
        return;
      case 'ring': {
        const runs = claimable(protocol, state);
        if (runs.length === 0) add('engine', `worker ${w} finds nothing`, (next) => becomes(next, { at: 'idle' }));
        for (const run of runs) {
          add('engine', `worker ${w} sees run ${run}`, (next) => becomes(next, { at: 'claim', run }));
        }
        return;
      }
      case 'claim':
        add('engine', `worker ${w} claims run ${worker.run}`, (next) =>
          becomes(next, claim(protocol, next, worker.run)),
        );
        return;
      case 'work':
        if (!worker.frozen) workingSteps(protocol, state, w, worker, add, fault);
        return;
      case 'more':
        add('engine', `worker ${w} looks for more`, (next) =>
          becomes(next, { at: protocol.has('goesOnInAFullLane') && isAnyWaiting(protocol, next) ? 'ring' : 'idle' }),
        );
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

/** What one statement of the claim sees: runs that wait, in a lane with room. */
function claimable(protocol: Protocol, state: State): number[] {
  if (isFull(protocol, state)) return [];
  return state.runs.flatMap((_, at) => (waits(protocol, state, at) ? [at] : []));
}

/** What the claim re-checks of the row it locks, and what the index over slots refuses. */
function claim(protocol: Protocol, next: State, at: number): Worker {
  const run = runOf(next, at);
  if (protocol.has('claimChecksQueued') && run.status !== 'queued') return { at: 'ring' };
  if (protocol.has('claimRespectsHold') && run.held !== 'no') return { at: 'ring' };
  if (protocol.has('slotIndex') && run.status !== 'running' && isFull(protocol, next)) return { at: 'ring' };
  noteWrite(next, at, undefined, false);
  run.status = 'running';
  run.epoch += 1;
  run.claims += 1;
  run.attempt += 1;
  run.lease = 'good';
  run.dispatched = true;
  const lease = { run: at, epoch: run.epoch, claims: run.claims };
  return { at: 'work', lease, cancelled: run.wish, frozen: false };
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

function waits(protocol: Protocol, state: State, at: number): boolean {
  const { status, held } = runOf(state, at);
  return status === 'queued' && (held === 'no' || !protocol.has('claimRespectsHold'));
}

function isAnyWaiting(protocol: Protocol, state: State): boolean {
  return Number.isFinite(protocol.limitPerTenant) && state.runs.some((_, at) => waits(protocol, state, at));
}
