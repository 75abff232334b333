import type { BellDivergence, BellDivergenceKind } from '../../modules/schedules/bell-doctor.facade.js';
import { counted } from '../text/words.js';

const WORDS: Readonly<Record<BellDivergenceKind, { what: (one: boolean) => string; repair: string }>> = {
  bell_missing: {
    what: (one) => `${one ? 'is' : 'are'} on and ${one ? 'has' : 'have'} no bell`,
    repair: 'hangs them.',
  },
  bell_moved: {
    what: (one) => `${one ? 'has a bell' : 'have bells'} for other times, or for another time zone`,
    repair: 'hangs them anew.',
  },
  bell_late: {
    what: (one) => `${one ? 'has a bell' : 'have bells'} that should have rung`,
    repair: 'hangs them anew; the ticks that were missed are found by their rows, once a worker runs.',
  },
  bell_stale: {
    what: (one) => `${one ? 'has' : 'have'} a bell and ${one ? 'is' : 'are'} off or gone`,
    repair: 'takes them down.',
  },
};

/** A divergence of bells in two sentences. */
export function wordsOfBells({ kind, scheduleIds }: BellDivergence): { what: string; repair: string } {
  const { what, repair } = WORDS[kind];
  return { what: `${counted(scheduleIds.length, 'schedule')} ${what(scheduleIds.length === 1)}`, repair };
}
