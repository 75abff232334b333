import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ITEM_RESULTS } from '#libs/run-kit/src/run-outcome.js';
import type { RunItem } from '#libs/run-kit/src/run-processor.js';
import { FailureCatalogue } from '../failures/failure-catalogue.js';
import { RunLedger, summarise } from './run-ledger.js';

const failures = new FailureCatalogue();
const policy = (itemId: string, result: RunItem['result'], reasonCode?: string): RunItem => ({
  itemId,
  kind: 'policy',
  result,
  ...(reasonCode === undefined ? {} : { reasonCode }),
});
const counts = (total: number, processed: number, success: number, failed: number, skipped: number) => ({
  total,
  processed,
  success,
  failed,
  skipped,
});

/** Items as a handler may report them: few ids, so that many come twice; codes of the catalogue and others. */
const items: fc.Arbitrary<RunItem[]> = fc.array(
  fc.record(
    {
      itemId: fc.constantFrom('1', '2', '3', '4', '5'),
      kind: fc.constantFrom('policy', 'group'),
      result: fc.constantFrom(...ITEM_RESULTS),
      reasonCode: fc.constantFrom('graph.throttled', 'graph.not_found', 'not.in_the_catalogue'),
    },
    { requiredKeys: ['itemId', 'kind', 'result'] },
  ),
);

function ledgerOf(reported: readonly RunItem[]): RunLedger {
  const ledger = new RunLedger();
  for (const item of reported) ledger.item(item);
  return ledger;
}

describe('RunLedger', () => {
  it('has nothing to write until something is reported, and again after each write', () => {
    const ledger = new RunLedger();
    expect(ledger.takeProgress()).toBeUndefined();
    ledger.progress({ total: 10 });
    ledger.progress({ processed: 2, success: 2 });
    expect(ledger.takeProgress()).toEqual(counts(10, 2, 2, 0, 0));
    expect(ledger.takeProgress()).toBeUndefined();
    ledger.progress({ processed: 3, failed: 1 });
    expect(ledger.takeProgress()).toEqual(counts(10, 3, 2, 1, 0));
  });

  it('shows while items come how many are expected, and never fewer than there are', () => {
    const ledger = new RunLedger();
    ledger.progress({ total: 3 });
    ledger.item(policy('1', 'success'));
    expect(ledger.takeProgress()).toEqual(counts(3, 1, 1, 0, 0));
    for (const id of ['2', '3', '4']) ledger.item(policy(id, 'skipped'));
    expect(ledger.takeProgress()).toEqual(counts(4, 4, 1, 0, 3));
  });

  it('ends with the counts of the items, else with those answered, else with those last reported', () => {
    const answered = counts(7, 7, 7, 0, 0);
    const ledger = new RunLedger();
    expect(ledger.finalCounts(undefined)).toEqual(counts(0, 0, 0, 0, 0));
    ledger.progress({ total: 5, processed: 1, success: 1 });
    expect(ledger.finalCounts(undefined)).toEqual(counts(5, 1, 1, 0, 0));
    expect(ledger.finalCounts(answered)).toEqual(answered);
    ledger.item(policy('1', 'failed'));
    expect(ledger.finalCounts(answered)).toEqual(counts(1, 1, 0, 1, 0));
  });

  it('takes an item’s later result, and tells items of two kinds apart', () => {
    const ledger = ledgerOf([policy('1', 'failed', 'graph.throttled'), policy('1', 'success')]);
    ledger.item({ itemId: '1', kind: 'group', result: 'skipped' });
    expect(ledger.finalCounts(undefined)).toEqual(counts(2, 2, 1, 0, 1));
    expect(ledger.finishedItems(failures)).toMatchObject([
      { itemId: '1', kind: 'policy', result: 'success', reasonCode: null, reason: null },
      { itemId: '1', kind: 'group', result: 'skipped', reasonCode: null, reason: null },
    ]);
  });

  it('gives every reason the catalogue’s words, and a failure without a known reason the general ones', () => {
    const general = failures.failure(undefined);
    const reported = [
      policy('1', 'failed', 'graph.not_found'),
      policy('2', 'failed', 'Error: password=hunter2'),
      policy('3', 'failed'),
      policy('4', 'skipped', 'graph.not_found'),
    ];
    const known = failures.failure('graph.not_found');
    expect(
      ledgerOf(reported)
        .finishedItems(failures)
        .map(({ reasonCode, reason }) => [reasonCode, reason]),
    ).toEqual([
      [known.code, known.message],
      [general.code, general.message],
      [general.code, general.message],
      [known.code, known.message],
    ]);
  });

  it('keeps an item’s name, and makes of ids and names what PostgreSQL can hold', () => {
    const long = 'é'.repeat(5_000);
    const ledger = ledgerOf([
      { itemId: `a\u0000\ud800${long}`, kind: 'policy', name: `Größe \udfff${long}`, result: 'success' },
    ]);
    ledger.item({ itemId: '2', kind: 'policy', name: 'Größe "1" 😀', result: 'success' });
    const [odd, plain] = ledger.finishedItems(failures);
    for (const text of [odd?.itemId ?? '', odd?.name ?? '']) {
      expect(text.length).toBeLessThanOrEqual(300);
      expect(text).not.toMatch(/\0|\p{Surrogate}/u);
    }
    expect(odd?.name).toMatch(/^Größe /);
    expect(plain).toMatchObject({ itemId: '2', name: 'Größe "1" 😀' });
  });

  it('adds up: counts are those of the finished items, and failures those of the failed ones', () => {
    fc.assert(
      fc.property(items, (reported) => {
        const ledger = ledgerOf(reported);
        const finished = ledger.finishedItems(failures);
        const of = (result: string): number => finished.filter((item) => item.result === result).length;
        const total = new Set(reported.map(({ kind, itemId }) => `${kind} ${itemId}`)).size;
        expect(finished).toHaveLength(total);
        expect(ledger.finalCounts(undefined)).toEqual(counts(total, total, of('success'), of('failed'), of('skipped')));
        for (const { result, reasonCode, reason } of finished) {
          expect(reasonCode === null).toBe(reason === null);
          if (result === 'failed') expect(reasonCode).not.toBeNull();
        }
        const summary = summarise(finished);
        expect(summary.reduce((sum, { count }) => sum + count, 0)).toBe(of('failed'));
        expect(new Set(summary.map(({ code }) => code)).size).toBe(summary.length);
      }),
    );
  });
});

describe('summarise', () => {
  it('groups the failures by code, the most frequent first, equal ones by code', () => {
    const finished = ledgerOf([
      policy('1', 'failed', 'graph.throttled'),
      policy('2', 'failed', 'graph.not_found'),
      policy('3', 'failed', 'graph.not_found'),
      policy('4', 'failed', 'graph.forbidden'),
      policy('5', 'skipped', 'graph.throttled'),
      policy('6', 'success'),
    ]).finishedItems(failures);
    expect(summarise(finished)).toEqual([
      { ...failures.failure('graph.not_found'), count: 2 },
      { ...failures.failure('graph.forbidden'), count: 1 },
      { ...failures.failure('graph.throttled'), count: 1 },
    ]);
    expect(summarise([])).toEqual([]);
  });
});
