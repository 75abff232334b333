import { noteWrite } from '../invariants.js';
import type { Add, Protocol } from '../protocol.js';
import { ringSeen, runOf, type Look, type State, type Worker } from '../state.js';
import { isFull, isWaiting } from './work-steps.js';

type Looking = Extract<Worker, { at: 'ring' | 'claim' }>;
type Claiming = Extract<Worker, { at: 'claim' }>;

/**
 * A worker's two looks for work: the first skips rows that somebody writes to, the second waits for them. Each look is
 * one step and each row that it then locks another, so that everything may happen between them.
 */
export function lookSteps(protocol: Protocol, state: State, w: number, worker: Looking, add: Add): void {
  const step = (label: string, change: (next: State) => Worker): void =>
    add('engine', `worker ${w} ${label}`, (next) => void (next.workers[w] = change(next)));
  if (worker.at === 'claim') {
    for (const at of worker.look.left) claimSteps(protocol, state, worker, at, step);
    return;
  }
  const { waits } = worker;
  const all = claimable(protocol, state);
  const left = all.slice(0, protocol.lookWidth);
  const look: Look = {
    left,
    seen: isLast(protocol, waits) ? all.map((at) => ringSeen(state, at)) : [],
  };
  if (left.length > 0)
    step(`sees run ${left.join(' and ')}`, () => ({
      at: 'claim',
      waits,
      look,
    }));
  else step(waits ? 'finds nothing again' : 'finds nothing', (next) => comeShort(protocol, next, waits, look));
}

function claimSteps(
  protocol: Protocol,
  state: State,
  { waits, look }: Claiming,
  at: number,
  step: (label: string, change: (next: State) => Worker) => void,
): void {
  const goOn = (next: State): Worker => {
    const rest: Look = {
      ...look,
      left: look.left.filter((other) => other !== at),
    };
    return rest.left.length > 0 ? { at: 'claim', waits, look: rest } : comeShort(protocol, next, waits, rest);
  };
  if (!runOf(state, at).locked) {
    step(`claims run ${at}`, (next) => {
      const claimed = claim(protocol, next, at);
      if (claimed === 'gone') return goOn(next);
      return claimed === 'full' ? { at: 'ring', waits } : claimed;
    });
  } else if (!waits) {
    step(`skips run ${at}`, goOn);
  }
}

/** What one statement of the claim sees: runs that wait, in a lane with room. */
function claimable(protocol: Protocol, state: State): number[] {
  if (isFull(protocol, state)) return [];
  return state.runs.flatMap((_, at) => (isWaiting(protocol, state, at) ? [at] : []));
}

/** What the claim re-checks of the row it locks, and what the index over slots refuses. */
function claim(protocol: Protocol, next: State, at: number): Worker | 'gone' | 'full' {
  const run = runOf(next, at);
  if (protocol.has('claimChecksQueued') && run.status !== 'queued') return 'gone';
  if (protocol.has('claimRespectsHold') && run.held !== 'no') return 'gone';
  if (protocol.has('slotIndex') && run.status !== 'running' && isFull(protocol, next)) return 'full';
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

/** Looks again, ready to wait; after that drops the ring, and notes whether it may. */
function comeShort(protocol: Protocol, next: State, waited: boolean, { seen }: Look): Worker {
  if (!isLast(protocol, waited)) return { at: 'ring', waits: true };
  if (waited && seen.length > 0 && protocol.has('claimLooksAnew')) return { at: 'ring', waits: true };
  const missed = seen.some(({ run, seq }) => runOf(next, run).seq === seq && isWaiting(protocol, next, run));
  if (missed && !isFull(protocol, next)) next.broken ||= 'RING';
  return { at: 'idle' };
}

function isLast(protocol: Protocol, waits: boolean): boolean {
  return waits || !protocol.has('claimWaitsForLocked');
}
