import { describe, expect, it } from '@jest/globals';
import type { RunView } from '../../modules/operations/operation-run.service.js';
import { widthOf } from '../text/clean-text.js';
import { progressBar, progressWords } from './progress-line.js';
import { ProgressRate } from './progress-rate.js';

const COUNTS = { total: 1_000, processed: 420, success: 417, failed: 3, skipped: 0 };

function aRun(given: Partial<RunView> = {}): RunView {
  return {
    bucket: 'Running',
    completedAt: null,
    cancelRequestedAt: null,
    summaryCounts: COUNTS,
    ...given,
  } as RunView;
}

function going(): ProgressRate {
  const rate = new ProgressRate();
  rate.saw(297, 0);
  rate.saw(420, 10_000);
  return rate;
}

describe('the progress of a run', () => {
  it('is told with counts, rate and what is left', () => {
    expect(progressWords(aRun(), going())).toBe('Running  42 %  420 of 1,000, 3 failed  12/s  47 s left');
  });

  it('says no more than is known', () => {
    const counts = { total: 0, processed: 0, success: 0, failed: 0, skipped: 0 };
    expect(progressWords(aRun({ bucket: 'Queued', summaryCounts: counts }), new ProgressRate())).toBe('Queued');
    const some = { ...counts, processed: 7, success: 7 };
    expect(progressWords(aRun({ summaryCounts: some }), new ProgressRate())).toBe('Running  7');
  });

  it('says that a stop was asked for, and drops the rate at the end', () => {
    const at = '2026-11-21T17:00:00.000Z';
    expect(progressWords(aRun({ cancelRequestedAt: at }), new ProgressRate())).toMatch(/^Running, asked to stop {2}/);
    expect(progressWords(aRun({ bucket: 'Cancelled', cancelRequestedAt: at, completedAt: at }), going())).toBe(
      'Cancelled  42 %  420 of 1,000, 3 failed',
    );
  });

  it('never claims to be done before it is, nor more than done', () => {
    const nearly = { ...COUNTS, processed: 999 };
    expect(progressWords(aRun({ summaryCounts: nearly }), new ProgressRate())).toContain('99 %');
    const over = { ...COUNTS, processed: 1_100 };
    expect(progressWords(aRun({ summaryCounts: over }), new ProgressRate())).toContain('100 %');
  });

  it.each([20, 40, 60, 80, 200])('fits on one line of %i columns', (columns) => {
    expect(widthOf(progressBar(aRun(), going(), columns))).toBeLessThan(columns);
  });
});
