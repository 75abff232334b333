import { describe, expect, it } from '@jest/globals';
import type { Run } from '../../api/operations';
import { widgetRuns, type WidgetView } from './widget-runs';

const ME = 'me';
const mine = (id: string): Run => ({ id, userId: ME }) as Run;
const theirs = (id: string): Run => ({ id, userId: 'other' }) as Run;
const view = (change: Partial<WidgetView> = {}): WidgetView => ({
  everybody: false,
  userId: ME,
  followed: new Set(),
  dismissed: [],
  ...change,
});
const ids = (runs: readonly Run[]): string[] => runs.map(({ id }) => id);

describe('widgetRuns', () => {
  it("shows a person's own runs, those that ended below, and counts the others'", () => {
    const runs = widgetRuns([mine('1'), theirs('2')], [mine('3'), theirs('4')], view());
    expect(ids(runs.shown)).toEqual(['1', '3']);
    expect(runs).toMatchObject({ active: 1, others: 1, more: 0 });
  });

  it('shows what the person asked for although somebody else had started it', () => {
    const runs = widgetRuns([theirs('2')], [], view({ followed: new Set(['2']) }));
    expect(ids(runs.shown)).toEqual(['2']);
    expect(runs.others).toBe(0);
  });

  it("shows everybody's on demand", () => {
    const runs = widgetRuns([theirs('2')], [theirs('4')], view({ everybody: true }));
    expect(ids(runs.shown)).toEqual(['2', '4']);
    expect(runs.others).toBe(0);
  });

  it('leaves out what was dismissed, and a run that is both active and ended once', () => {
    const runs = widgetRuns([mine('1'), mine('2')], [mine('2'), mine('3')], view({ dismissed: ['1', '3'] }));
    expect(ids(runs.shown)).toEqual(['2']);
    expect(runs.active).toBe(1);
  });

  it('counts what ended with failures among those shown', () => {
    const ended = (id: string, outcome: Run['outcome']): Run => ({ ...mine(id), outcome });
    const runs = [ended('1', 'failed'), ended('2', 'partially_succeeded'), ended('3', 'succeeded')];
    expect(widgetRuns([mine('4')], runs, view()).troubled).toBe(2);
    expect(widgetRuns([], runs, view({ dismissed: ['1'] })).troubled).toBe(1);
  });

  it('shows five at most, the active ones first, and says how many more are active', () => {
    const active = ['1', '2', '3', '4', '5', '6', '7'].map(mine);
    const runs = widgetRuns(active, [mine('9')], view());
    expect(ids(runs.shown)).toEqual(['1', '2', '3', '4', '5']);
    expect(runs.more).toBe(2);
    expect(ids(widgetRuns(active.slice(0, 4), [mine('8'), mine('9')], view()).shown)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '8',
    ]);
  });
});
