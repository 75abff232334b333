import type { Lease, SeenLease, SeenRing, State } from './state.js';

/**
 * Equal for states that differ only in which of two like processes is which, or in how often something was counted that
 * is compared for equality alone: rings and claims are numbered anew, in order, by those that anybody still knows.
 */
export function keyOf(state: State): string {
  const { runs, bells, late, workers, starters, canceller, sweepers, budget } = state;
  const seqs = runs.map(({ seq }) => [seq]);
  const claims = runs.map((run) => [run.claims]);
  const know = ({ run, seq }: SeenRing): void => void seqs[run]?.push(seq);
  starters.forEach((starter, run) => 'seq' in starter && know({ run, seq: starter.seq }));
  if (canceller.at === 'complete') know(canceller.seen);
  for (const sweeper of sweepers) {
    if (sweeper.at === 'count') sweeper.seen.forEach(know);
    else if (sweeper.at !== 'idle' && sweeper.at !== 'lease') know(sweeper.seen);
  }
  for (const worker of workers) {
    if (worker.at === 'work') claims[worker.lease.run]?.push(worker.lease.claims);
    if (worker.at === 'claim') worker.look.seen.forEach(know);
  }
  const rankOf = (known: readonly number[] | undefined, value: number): number =>
    new Set(known?.filter((other) => other < value)).size;
  const ring = ({ run, seq }: SeenRing): string => `${run}.${rankOf(seqs[run], seq)}`;
  const held = ({ run, epoch, claims: claim }: Lease): string => `${run}.${epoch}.${rankOf(claims[run], claim)}`;
  const rows = runs.map(
    (run, at) =>
      `${run.status}${run.identity}.${rankOf(seqs[at], run.seq)}${flag(run.dispatched)}${run.epoch}${run.lease}` +
      `${run.attempt}${flag(run.wish)}${run.held}${run.outcome}${rankOf(claims[at], run.claims)}${flag(run.locked)}`,
  );
  const working = workers.map((worker) => {
    if (worker.at === 'work') return `w${held(worker.lease)}${flag(worker.cancelled)}${flag(worker.frozen)}`;
    if (worker.at === 'claim') {
      return `c${flag(worker.waits)}${worker.look.left.join('')}/${worker.look.seen.map(ring).join('/')}`;
    }
    if (worker.at === 'ring') return `r${flag(worker.waits)}`;
    return worker.at === 'giveBack' ? `${worker.at}${worker.run}` : worker.at;
  });
  const starting = starters.map((starter, run) =>
    'seq' in starter ? starter.at + ring({ run, seq: starter.seq }) : starter.at,
  );
  const sweeping = sweepers.map((sweeper) => {
    if (sweeper.at === 'idle') return '';
    if (sweeper.at === 'lease') return leaseKey(sweeper.seen);
    return sweeper.at + (sweeper.at === 'count' ? sweeper.seen.map(ring).join() : ring(sweeper.seen));
  });
  return [
    rows.join(),
    bells.join(''),
    late.join(''),
    working.sort().join(),
    starting.join(),
    canceller.at === 'complete' ? ring(canceller.seen) : '',
    sweeping.sort().join(),
    Object.values(budget).join(''),
    state.broken,
  ].join('|');
}

function leaseKey({ run, epoch, attempt, wish }: SeenLease): string {
  return `l${run}.${epoch}.${attempt}${flag(wish)}`;
}

function flag(value: boolean): string {
  return value ? '+' : '-';
}
