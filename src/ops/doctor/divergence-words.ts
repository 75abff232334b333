import type { Divergence, DivergenceKind } from '../../modules/operations/recovery/divergence.js';
import { clean } from '../text/clean-text.js';
import { counted } from '../text/words.js';

interface Words {
  /** What stands after "3 runs" or "3 rings", and before the ids. */
  what: (where: string, one: boolean) => string;
  /** What `--repair` does about it. */
  repair: string;
  /** Counted are rings, and the ids are those of their runs. */
  rings?: true;
  /** It is left as it is. */
  left?: true;
}

const WORDS: Readonly<Record<DivergenceKind, Words>> = {
  never_rung: {
    what: (_, one) => `${one ? 'was' : 'were'} queued, but no worker was ever rung for`,
    repair: 'rings for them.',
  },
  ring_missing: {
    what: (where) => `of queue ${where} could be worked, but the rings for that are lost`,
    repair: 'rings for them again.',
  },
  nobody_listens: {
    what: (where, one) => `${one ? 'waits' : 'wait'} in queue ${where}, to which no worker listens`,
    repair: 'leaves them: start a worker, or see that REDIS_URL here is that of the workers.',
    left: true,
  },
  lease_expired: {
    what: (_, one) => `${one ? 'is' : 'are'} running, but the worker gave no sign of life for a whole lease`,
    repair: 'gives them back to the queue, and fails those that may not be repeated.',
  },
  hold_expired: {
    what: (_, one) => `${one ? 'was' : 'were'} held for a person who did not come in time`,
    repair: 'cancels them.',
  },
  queue_expired: {
    what: () => 'waited for a worker for more than a day',
    repair: 'ends them as failed, with the reason dispatch.expired.',
  },
  cancel_pending: {
    what: (_, one) => `should have been cancelled and ${one ? 'is' : 'are'} queued still`,
    repair: 'cancels them.',
  },
  kind_unknown: {
    what: (where, one) => `${one ? 'is' : 'are'} of the kind ${where}, which this version does not know`,
    repair: 'leaves them: finish the update, so that a worker of their version takes them.',
    left: true,
  },
  queue_unknown: {
    what: (where, one) => `${one ? 'waits' : 'wait'} in queue ${where}, which no run type names`,
    repair: 'removes them; their runs are rung for where they belong.',
    rings: true,
  },
  ring_abandoned: {
    what: (where, one) => `of queue ${where} ${one ? 'was' : 'were'} taken by a worker that is gone`,
    repair: 'removes them; the rows say what becomes of their runs.',
    rings: true,
  },
};

/** A divergence in two sentences. */
export function wordsOf({ kind, where = '', runIds, more }: Divergence): { what: string; repair: string } {
  const { what, repair, rings } = WORDS[kind];
  const subject = `${counted(runIds.length, rings ? 'ring' : 'run')}${more ? ' or more' : ''}`;
  return { what: `${subject} ${what(clean(where), runIds.length === 1)}`, repair };
}

/** Whether `--repair` does anything about it. */
export function isRepairable({ kind }: Divergence): boolean {
  return WORDS[kind].left !== true;
}
