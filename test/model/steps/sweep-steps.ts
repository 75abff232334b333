import { endFor, noteWrite } from '../invariants.js';
import type { Add, Protocol } from '../protocol.js';
import { ringSeen, runOf, type Run, type SeenLease, type SeenRing, type State, type Sweeper } from '../state.js';
import { markDispatched } from './start-steps.js';
import { isFull, putBack } from './work-steps.js';

/** The sweep: each look is one step and each repair another, so that everything may happen between them. */
export function sweepSteps(protocol: Protocol, state: State, add: Add): void {
  state.sweepers.forEach((sweeper, s) => {
    const becomes = (next: State, now: Sweeper): void => void (next.sweepers[s] = now);
    const step = (label: string, change: (next: State) => Sweeper): void =>
      add('engine', `sweep ${s} ${label}`, (next) => becomes(next, change(next)));
    switch (sweeper.at) {
      case 'idle':
        lookSteps(protocol, state, step);
        return;
      case 'lease':
        step(`repairs run ${sweeper.seen.run}`, (next) => repairLease(protocol, next, sweeper.seen));
        return;
      case 'end':
        step(`ends run ${sweeper.seen.run}`, (next) => end(protocol, next, sweeper.seen));
        return;
      case 'count':
        step('counts the rings', (next) => count(protocol, next, sweeper.seen));
        return;
      case 'redispatch':
        step(`gives run ${sweeper.seen.run} another ring`, (next) => redispatch(protocol, next, sweeper.seen));
        return;
      case 'ring':
        step(`rings for run ${sweeper.seen.run}`, (next) => {
          next.bells.push(sweeper.seen.run);
          return { at: 'mark', seen: sweeper.seen };
        });
        return;
      case 'mark':
        step(`notes the dispatch of run ${sweeper.seen.run}`, (next) => {
          markDispatched(next, sweeper.seen.run, sweeper.seen.seq);
          return { at: 'idle' };
        });
    }
  });
}

function lookSteps(
  protocol: Protocol,
  state: State,
  step: (label: string, change: (next: State) => Sweeper) => void,
): void {
  state.runs.forEach((run, at) => {
    const see = (as: 'end' | 'ring', how: string): void =>
      step(`sees run ${at} ${how}`, (next) => ({
        at: as,
        seen: ringSeen(next, at),
      }));
    if (run.status === 'running' && run.lease === 'over' && protocol.has('sweepTakesExpiredLeases')) {
      const { epoch, attempt, wish } = run;
      step(`sees the lease of run ${at} run out`, () => ({
        at: 'lease',
        seen: { run: at, epoch, attempt, wish },
      }));
    }
    if (run.status !== 'queued') return;
    if (run.wish && protocol.has('sweepEndsCancelled')) see('end', 'cancelled');
    if (run.held === 'over') see('end', 'held too long');
    if (run.held === 'no' && !run.wish && !run.dispatched && protocol.has('sweepRingsForUndispatched')) {
      see('ring', 'never dispatched');
    }
  });
  const overdue = workable(protocol, state);
  if (overdue.length > 0 && protocol.has('sweepRingsForMissing')) {
    step('sees runs that wait', (next) => ({
      at: 'count',
      seen: overdue.map((at) => ringSeen(next, at)),
    }));
  }
}

/** Dispatched runs that a worker could take; of a lane only as many as have room. */
function workable(protocol: Protocol, state: State): number[] {
  const waiting = state.runs.flatMap((run, at) =>
    run.status === 'queued' && run.held === 'no' && !run.wish && run.dispatched ? [at] : [],
  );
  if (isFull(protocol, state)) return [];
  return waiting.slice(0, protocol.limitPerTenant - state.runs.filter(({ status }) => status === 'running').length);
}

function count(protocol: Protocol, next: State, overdue: readonly SeenRing[]): Sweeper {
  const rings = protocol.has('sweepCountsRings') ? next.bells.length : 0;
  const [first] = overdue.slice(0, Math.max(0, overdue.length - rings));
  return first ? { at: 'redispatch', seen: first } : { at: 'idle' };
}

function redispatch(protocol: Protocol, next: State, seen: SeenRing): Sweeper {
  const run = runOf(next, seen.run);
  if (protocol.has('sweepRechecksQueued') && (run.status !== 'queued' || run.seq !== seen.seq)) return { at: 'idle' };
  if (run.status === 'completed') noteWrite(next, seen.run, undefined, false);
  run.seq += 1;
  return ringFor(protocol, next, seen.run);
}

function repairLease(protocol: Protocol, next: State, seen: SeenLease): Sweeper {
  const run = runOf(next, seen.run);
  const sameEpoch = run.epoch === seen.epoch || !protocol.has('sweepRechecksEpoch');
  const over = run.lease === 'over' || !protocol.has('sweepRechecksExpiry');
  if (run.status !== 'running' || !sameEpoch || !over) return { at: 'idle' };
  if (seen.wish) {
    endFor(next, seen.run, 'cancelled', run.wish);
    return { at: 'idle' };
  }
  if (seen.attempt >= protocol.maxAttempts) {
    endFor(next, seen.run, 'failed', run.attempt >= protocol.maxAttempts);
    return { at: 'idle' };
  }
  noteWrite(next, seen.run, undefined, false);
  putBack(protocol, next, seen.run);
  return ringFor(protocol, next, seen.run);
}

/** With the change where the transport is transactional, else after it. */
function ringFor({ transactional }: Protocol, next: State, at: number): Sweeper {
  const run = runOf(next, at);
  run.dispatched = transactional;
  if (!transactional) return { at: 'ring', seen: ringSeen(next, at) };
  next.bells.push(at);
  return { at: 'idle' };
}

function end(protocol: Protocol, next: State, seen: SeenRing): Sweeper {
  const run = runOf(next, seen.run);
  const guarded = run.status === 'queued' && run.seq === seen.seq;
  if (guarded || (!protocol.has('sweepRechecksQueued') && run.status !== 'none')) {
    endFor(next, seen.run, 'cancelled', isHopeless(run));
  }
  return { at: 'idle' };
}

function isHopeless({ wish, held }: Run): boolean {
  return wish || held === 'over';
}
