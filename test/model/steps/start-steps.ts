import { endFor } from '../invariants.js';
import type { Add, AddFault, Protocol } from '../protocol.js';
import { runOf, type State } from '../state.js';

/** A start: insert or find, ring, and what follows when the transport does not confirm. */
export function startSteps(protocol: Protocol, state: State, add: Add, fault: AddFault): void {
  state.starters.forEach((starter, at) => {
    const run = runOf(state, at);
    switch (starter.at) {
      case 'idle': {
        if (run.status !== 'none') return;
        const taken = hasActive(state, run.identity);
        if (taken) add('engine', `start ${at} finds the active run`, (next) => (next.starters[at] = { at: 'done' }));
        else if (protocol.has('startGoesThroughTheIndex')) insertSteps(protocol, at, add);
        else add('person', `start ${at} finds no run`, (next) => (next.starters[at] = { at: 'insert' }));
        return;
      }
      case 'insert':
        insertSteps(protocol, at, add);
        return;
      case 'ring':
        ringSteps(at, starter.seq, add, fault);
        return;
      case 'mark':
        add('engine', `start ${at} notes the dispatch`, (next) => {
          markDispatched(next, at, starter.seq);
          next.starters[at] = { at: 'done' };
        });
        return;
      case 'fail':
        add('engine', `start ${at} fails its run, whose ring ${starter.seq} was not confirmed`, (next) => {
          const row = runOf(next, at);
          const queued = row.status === 'queued' || !protocol.has('dispatchFailureChecksQueued');
          const sameSeq = row.seq === starter.seq || !protocol.has('dispatchFailureChecksSeq');
          if (row.status !== 'completed' && queued && sameSeq) endFor(next, at, 'failed', row.seq === starter.seq);
          next.starters[at] = { at: 'done' };
        });
        return;
      case 'done':
    }
  });
}

function insertSteps(protocol: Protocol, at: number, add: Add): void {
  add('person', `start ${at} commits its row`, (next) => {
    const run = runOf(next, at);
    Object.assign(run, { status: 'queued' });
    if (run.held !== 'no') next.starters[at] = { at: 'done' };
    else ringWithRow(protocol, next, at);
  });
}

/** Rings in the row's transaction where that is possible, else leaves the ring to the next step. */
export function ringWithRow({ transactional }: Protocol, next: State, at: number): void {
  const run = runOf(next, at);
  if (transactional) {
    next.bells.push(at);
    run.dispatched = true;
    next.starters[at] = { at: 'done' };
  } else {
    next.starters[at] = { at: 'ring', seq: run.seq };
  }
}

function ringSteps(at: number, seq: number, add: Add, fault: AddFault): void {
  add('engine', `start ${at} rings`, (next) => {
    next.bells.push(at);
    next.starters[at] = { at: 'mark', seq };
  });
  const fail = { at: 'fail', seq } as const;
  fault('refuse', `the transport refuses the ring of start ${at}`, (next) => (next.starters[at] = fail));
  fault('ackLost', `start ${at} rings, and the confirmation is lost`, (next) => {
    next.bells.push(at);
    next.starters[at] = fail;
  });
  fault('ringLate', `the ring of start ${at} is under way for too long`, (next) => {
    next.late.push(at);
    next.starters[at] = fail;
  });
}

export function markDispatched(next: State, at: number, seq: number): void {
  const run = runOf(next, at);
  if (run.seq === seq && run.status !== 'completed') run.dispatched = true;
}

function hasActive(state: State, identity: number): boolean {
  return state.runs.some((run) => run.identity === identity && (run.status === 'queued' || run.status === 'running'));
}
