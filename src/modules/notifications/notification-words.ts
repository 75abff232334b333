import type { SummaryCounts, TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import type { RunCompletedFact, RunFact } from '../operations/operations.facts.js';

export interface Words {
  title: string;
  body: string;
}

/** What the words for a run's end are made of. */
export interface RunEnd {
  /** The run type's noun. */
  label: string;
  subjectName: string | null;
  outcome: TerminalOutcome;
  counts: SummaryCounts;
  /** The main failure's sentence. */
  failure: string | null;
}

/** The words of the note that a start leaves. */
export function queuedWords(fact: RunFact): Words {
  return {
    title: `${named(fact.label.noun, fact.subjectName)} queued`,
    body: `${fact.label.doing} starts as soon as a worker is free.`,
  };
}

/** The words of the note that a run's end leaves: what came out, the numbers, and the main failure's next step. */
export function terminalWords(fact: RunCompletedFact): Words {
  const words = endWords({ ...fact, label: fact.label.noun });
  return { ...words, body: words.body === '' ? `${fact.label.done}.` : words.body };
}

/** The same for whoever knows no more of the run's type than its noun; the body may be empty. */
export function endWords(end: RunEnd): Words {
  return {
    title: `${named(end.label, end.subjectName)} ${OUTCOME_WORDS[end.outcome]}`,
    body: [numbersOf(end.counts), end.failure ?? ''].filter((part) => part !== '').join(' '),
  };
}

const OUTCOME_WORDS: Record<TerminalOutcome, string> = {
  succeeded: 'succeeded',
  partially_succeeded: 'partially succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
};

function named(noun: string, subjectName: string | null): string {
  return subjectName === null ? noun : `${noun} “${subjectName}”`;
}

function numbersOf(counts: SummaryCounts): string {
  if (counts.total === 0) return '';
  const parts = [`${counts.success} of ${counts.total} succeeded`];
  if (counts.failed > 0) parts.push(`${counts.failed} failed`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  return `${parts.join(', ')}.`;
}
