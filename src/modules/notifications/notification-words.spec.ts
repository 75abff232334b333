import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { outcomeOf, type SummaryCounts, type TerminalOutcome } from '#libs/run-kit/src/run-outcome.js';
import type { RunCompletedFact, RunFact } from '../operations/operations.facts.js';
import { queuedWords, terminalWords } from './notification-words.js';

const QUEUED: RunFact = {
  runId: '7',
  tenantId: '00000000-0000-4000-8000-000000000001',
  userId: '00000000-0000-4000-8000-000000000002',
  kind: 'backup_set.add_policies',
  label: { noun: 'Add policies', doing: 'Adding policies', done: 'Policies added', failed: 'Adding policies failed' },
  subjectName: 'Before change 1234',
};

function ended(
  outcome: TerminalOutcome,
  given: Partial<RunCompletedFact> & { numbers?: number[] } = {},
): RunCompletedFact {
  const [success = 0, failed = 0, skipped = 0] = given.numbers ?? [];
  const total = success + failed + skipped;
  const counts: SummaryCounts = { total, processed: total, success, failed, skipped };
  return { ...QUEUED, outcome, counts, failure: null, ...given };
}

describe('the note that a start leaves', () => {
  it('names the work and what it is about', () => {
    expect(queuedWords(QUEUED)).toEqual({
      title: 'Add policies “Before change 1234” queued',
      body: 'Adding policies starts as soon as a worker is free.',
    });
  });

  it('names the work alone where it is about nothing in particular', () => {
    expect(queuedWords({ ...QUEUED, subjectName: null }).title).toBe('Add policies queued');
  });
});

describe('the note that an end leaves', () => {
  it.each<[TerminalOutcome, string]>([
    ['succeeded', 'Add policies “Before change 1234” succeeded'],
    ['partially_succeeded', 'Add policies “Before change 1234” partially succeeded'],
    ['failed', 'Add policies “Before change 1234” failed'],
    ['cancelled', 'Add policies “Before change 1234” was cancelled'],
  ])('says that it %s', (outcome, title) => {
    expect(terminalWords(ended(outcome)).title).toBe(title);
  });

  it.each([
    [[5], '5 of 5 succeeded.'],
    [[3, 2], '3 of 5 succeeded, 2 failed.'],
    [[3, 0, 2], '3 of 5 succeeded, 2 skipped.'],
    [[0, 1, 2], '0 of 3 succeeded, 1 failed, 2 skipped.'],
  ])('says the numbers of %j', (numbers, body) => {
    expect(terminalWords(ended('partially_succeeded', { numbers })).body).toBe(body);
  });

  it('adds the main failure’s sentence with its next step', () => {
    const failure = 'Microsoft Graph asked to slow down for too long. Try again in a few minutes.';
    expect(terminalWords(ended('failed', { failure })).body).toBe(failure);
    expect(terminalWords(ended('partially_succeeded', { numbers: [1, 1], failure })).body).toBe(
      `1 of 2 succeeded, 1 failed. ${failure}`,
    );
  });

  it('says that it is done where there is neither number nor failure', () => {
    expect(terminalWords(ended('succeeded')).body).toBe('Policies added.');
  });

  it('never lacks words, and its numbers are those of the run', () => {
    const count = fc.nat({ max: 5_000 });
    fc.assert(
      fc.property(fc.tuple(count, count, count), fc.option(fc.constant('A reason. A step.')), (numbers, failure) => {
        const fact = ended('succeeded', { numbers, failure });
        const { title, body } = terminalWords({ ...fact, outcome: outcomeOf(fact.counts, 'finished') });
        expect(title).toMatch(/^Add policies “Before change 1234” (succeeded|partially succeeded|failed)$/);
        const said = (body.match(/\d+/g) ?? []).map(Number);
        const [success, failed, skipped] = numbers;
        const named = [failed, skipped].filter((number) => number > 0);
        expect(said).toEqual(fact.counts.total === 0 ? [] : [success, fact.counts.total, ...named]);
        expect(body).toMatch(/\.$/);
      }),
    );
  });
});
