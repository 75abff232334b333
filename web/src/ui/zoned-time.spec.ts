import { describe, expect, it } from '@jest/globals';
import { clockText, instantOf } from './zoned-time';

describe('a time on the clock of a zone', () => {
  it.each([
    ['2026-07-01T08:30', 'Europe/Vienna', '2026-07-01T06:30:00.000Z'],
    ['2026-01-01T08:30', 'Europe/Vienna', '2026-01-01T07:30:00.000Z'],
    ['2026-01-01T00:15', 'Asia/Kolkata', '2025-12-31T18:45:00.000Z'],
    ['2026-12-31T20:00', 'America/New_York', '2027-01-01T01:00:00.000Z'],
    ['2026-07-01T08:30', 'UTC', '2026-07-01T08:30:00.000Z'],
  ])('%s in %s is %s, and back', (text, zone, iso) => {
    expect(instantOf(text, zone)).toBe(iso);
    expect(clockText(iso, zone)).toBe(text);
  });

  it('is found around the change of the clock', () => {
    expect(instantOf('2026-03-29T01:59', 'Europe/Vienna')).toBe('2026-03-29T00:59:00.000Z');
    // 02:30 does not happen that night.
    expect(instantOf('2026-03-29T02:30', 'Europe/Vienna')).toBe('2026-03-29T01:30:00.000Z');
    expect(instantOf('2026-03-29T03:00', 'Europe/Vienna')).toBe('2026-03-29T01:00:00.000Z');
    // 02:30 happens twice that night.
    expect(instantOf('2026-10-25T02:30', 'Europe/Vienna')).toBe('2026-10-25T00:30:00.000Z');
    expect(instantOf('2026-10-25T03:30', 'Europe/Vienna')).toBe('2026-10-25T02:30:00.000Z');
  });

  it('is none where there is none', () => {
    expect(instantOf('', 'UTC')).toBeUndefined();
    expect(clockText('soon', 'UTC')).toBe('');
    expect(clockText(undefined, 'UTC')).toBe('');
  });
});
