import { describe, expect, it } from '@jest/globals';
import type { Run } from '../../api/operations';
import { afterHold, afterPause, afterRelease, hasOthersToPause, shownRows, type Held, type Listed } from './held-rows';

const run = (id: string, attempt = 0): Run => ({ id, attempt }) as Run;
const listed = (list: string, rows: readonly Run[], isOfList = true): Listed => ({ list, rows, isOfList });

const early = listed('all', [run('2'), run('1')]);
/** A run came, one went, one got on. */
const late = listed('all', [run('3'), run('2', 7)]);

describe('rows that nobody holds', () => {
  it('are the newest', () => {
    expect(shownRows(null, late)).toEqual({ rows: late.rows, gone: new Set(), waiting: 0, readAt: null });
  });
});

describe('rows whose order is held', () => {
  const held = afterHold(null, early);

  it('keep their places and go on changing, and it is said what they lack', () => {
    expect(shownRows(held, late)).toEqual({
      rows: [run('2', 7), run('1')],
      gone: new Set(['1']),
      waiting: 1,
      readAt: null,
    });
    expect(afterHold(held, late)).toBe(held);
    expect(afterRelease(held)).toBeNull();
  });

  it('are of one list alone, and never those of the list before', () => {
    const other = listed('failed', [run('9')]);
    expect(shownRows(held, other).rows).toBe(other.rows);
    expect(afterHold(held, listed('failed', early.rows, false))).toBe(held);
    expect(afterHold(held, other)).toEqual({ list: 'failed', rows: other.rows, readAt: null });
  });
});

describe('rows that are paused', () => {
  const paused = afterPause(null, early, 5);

  it('stay wholly as they were, whatever is told and wherever the pointer goes', () => {
    expect(shownRows(paused, late)).toEqual({ rows: early.rows, gone: new Set(), waiting: 0, readAt: 5 });
    expect(afterHold(paused, late)).toBe(paused);
    expect(afterRelease(paused)).toBe(paused);
    expect(hasOthersToPause(paused, late)).toBe(false);
  });

  it('stay as they were held', () => {
    expect(afterPause(afterHold(null, early), late, 5).rows).toEqual([run('2', 7), run('1')]);
  });

  it('give way to those of another list once these are there, which then stay as well', () => {
    const coming = listed('failed', late.rows, false);
    expect(shownRows(paused, coming).rows).toBe(early.rows);
    expect(hasOthersToPause(paused, coming)).toBe(false);
    expect(afterHold(paused, listed('failed', [run('9')]))).toBe(paused);

    const there = listed('failed', [run('9')]);
    expect(hasOthersToPause(paused, there)).toBe(true);
    const now: Held = afterPause(paused, there, 8);
    expect(now).toEqual({ list: 'failed', rows: there.rows, readAt: 8 });
    expect(shownRows(now, listed('failed', [run('10'), run('9', 1)])).rows).toBe(there.rows);
  });

  it('are those of the new list when the pause comes while that is still read', () => {
    const now = afterPause(null, listed('failed', early.rows, false), 5);
    expect(shownRows(now, listed('failed', late.rows, false)).rows).toBe(early.rows);
    expect(hasOthersToPause(now, listed('failed', [run('9')]))).toBe(true);
    // An empty list is kept as well; one that cannot be read is not there.
    expect(hasOthersToPause(now, listed('failed', []))).toBe(true);
    expect(hasOthersToPause(now, listed('failed', [], false))).toBe(false);
  });
});
