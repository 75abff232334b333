import { describe, expect, it } from '@jest/globals';
import { etaText } from './eta-text';

const START = Date.parse('2026-01-01T00:00:00Z');
const at = (seconds: number): number => START + seconds * 1_000;
const running = (processed = 0, total = 0) => ({
  status: 'running' as const,
  startedAt: '2026-01-01T00:00:00Z',
  completedAt: null,
  summaryCounts: { total, processed, success: processed, failed: 0, skipped: 0 },
});

describe('etaText', () => {
  it('says that a queued run waits', () => {
    expect(etaText({ ...running(), status: 'queued', startedAt: null }, 60_000, at(5))).toBe('Waiting to start');
  });

  it('goes by what is usual for the type, roughly', () => {
    expect(etaText(running(), 300_000, at(60))).toBe('About 4 min left');
    expect(etaText(running(), 60_000, at(27))).toBe('About 35 s left');
    expect(etaText(running(), 60_000, at(57))).toBe('About 3 s left');
    expect(etaText(running(90, 100), 300_000, at(60))).toBe('About 4 min left');
    expect(etaText(running(), 7_500_000, at(0))).toBe('About 2 h 10 min left');
  });

  it('says when it takes longer than usual instead of counting below nothing', () => {
    expect(etaText(running(), 60_000, at(95))).toBe('Longer than usual (1 min), 1 min 35 s so far');
  });

  it('goes by the speed so far where the type has no history, once that tells something', () => {
    expect(etaText(running(25, 100), null, at(30))).toBe('About 2 min left');
    expect(etaText(running(2, 100), null, at(30))).toBe('30 s so far');
    expect(etaText(running(), null, at(1))).toBe('Just started');
  });
});
