import { expect, it } from '@jest/globals';
import { windowWords } from './window-words';

it('says a time window in words, and nothing where it narrows nothing', () => {
  expect(windowWords({ window: '1d' })).toBe('Last 24 hours');
  expect(windowWords({ from: '2026-11-01T08:00:00.000Z' })).toMatch(/^Since /);
  expect(windowWords({ window: 'custom' })).toBeNull();
  expect(windowWords({ to: 'soon' })).toBeNull();
});
