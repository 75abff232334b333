import type { SummaryCounts, TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import type { RunCompletedFact, RunFact } from '../operations/operations.facts.js';

export interface Words {
  title: string;
  body: string;
}

/** The words of the note that a start leaves. */
export function queuedWords(fact: RunFact): Words {
  return { title: `${named(fact)} queued`, body: `${fact.label.doing} starts as soon as a worker is free.` };
}

/** The words of the note that a run's end leaves: what came out, the numbers, and the main failure's next step. */
export function terminalWords(fact: RunCompletedFact): Words {
  const numbers = numbersOf(fact.counts);
  const body = [numbers, fact.failure].filter((part): part is string => part !== null && part !== '').join(' ');
  return { title: `${named(fact)} ${OUTCOME_WORDS[fact.outcome]}`, body: body === '' ? `${fact.label.done}.` : body };
}

const OUTCOME_WORDS: Record<TerminalOutcome, string> = {
  succeeded: 'succeeded',
  partially_succeeded: 'partially succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
};

function named(fact: RunFact): string {
  return fact.subjectName === null ? fact.label.noun : `${fact.label.noun} “${fact.subjectName}”`;
}

function numbersOf(counts: SummaryCounts): string {
  if (counts.total === 0) return '';
  const parts = [`${counts.success} of ${counts.total} succeeded`];
  if (counts.failed > 0) parts.push(`${counts.failed} failed`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  return `${parts.join(', ')}.`;
}
