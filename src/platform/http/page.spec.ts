import { describe, expect, it } from '@jest/globals';
import { AccessDenied } from '../errors/domain-error.js';
import { decodeCursor, encodeCursor, pageOf } from './page.js';
import { isUuid, parseId } from './parse-id.js';

describe('a page', () => {
  const rows = [{ id: '3' }, { id: '2' }, { id: '1' }];
  const keyOf = (row: { id: string }): string[] => [row.id];

  it('hides the row too many and points after the last one shown', () => {
    const page = pageOf(rows, 2, keyOf);
    expect(page.items).toEqual([{ id: '3' }, { id: '2' }]);
    expect(decodeCursor(page.nextCursor ?? '', ['id'])).toEqual(['2']);
  });

  it('has no next page when it is full but not overfull, or empty', () => {
    expect(pageOf(rows, 3, keyOf).nextCursor).toBeNull();
    expect(pageOf([], 3, keyOf)).toEqual({ items: [], nextCursor: null });
  });

  it('shows what it is told to show of a row', () => {
    expect(pageOf(rows, 1, keyOf, (row) => Number(row.id)).items).toEqual([3]);
  });
});

describe('a cursor', () => {
  it('brings its values back as text', () => {
    expect(decodeCursor(encodeCursor(['ä|,"', 7, null]), ['text', 'id', 'text'])).toEqual(['ä|,"', '7', '']);
    expect(decodeCursor(undefined, ['text'])).toBeUndefined();
    expect(decodeCursor('', ['text'])).toBeUndefined();
  });

  it.each(['%%%', 'AAAA', encodeCursor(['a']), encodeCursor(['a', 'b', 'c']), btoa('{"a":1}'), btoa('[1,2]')])(
    'that belongs elsewhere is refused: %s',
    (cursor) => {
      expect(() => decodeCursor(cursor, ['text', 'text'])).toThrow(
        expect.objectContaining({ code: 'request.invalid_cursor', kind: 'invalid' }),
      );
    },
  );
});

describe('a cursor of known kinds', () => {
  it('holds ids and times that PostgreSQL can cast', () => {
    const values = ['2026-01-02T03:04:05.678Z', '12'];
    expect(decodeCursor(encodeCursor(values), ['time', 'id'])).toEqual(values);
    const fine = ['2026-01-02 03:04:05.678901+00', '12'];
    expect(decodeCursor(encodeCursor(fine), ['time', 'id'])).toEqual(fine);
  });

  it.each([
    ['yesterday', '12'],
    ['2026-02-30T00:00:00Z', '12'],
    ['5', '12'],
    ['2026-01-02T03:04:05Z', 'Contoso'],
    ['2026-01-02T03:04:05Z', '-1'],
    ['2026-01-02T03:04:05Z', '1\0'],
  ])('is refused with %j, %j', (time, id) => {
    expect(() => decodeCursor(encodeCursor([time, id]), ['time', 'id'])).toThrow('does not belong to this list');
  });
});

describe('an id', () => {
  it('is a positive bigint', () => {
    expect(parseId('1')).toBe('1');
    expect(parseId('9223372036854775807')).toBe('9223372036854775807');
  });

  it.each(['', '0', '-1', '01', '1.0', '1e3', ' 1', '9223372036854775808', '99999999999999999999', 'abc', '١'])(
    'is not %j',
    (text) => {
      expect(() => parseId(text)).toThrow(AccessDenied);
    },
  );

  it('may be a uuid of any version', () => {
    expect(isUuid('00000000-0000-0000-0000-000000000001')).toBe(true);
    expect(isUuid('00000000000000000000000000000001')).toBe(false);
    expect(isUuid(['00000000-0000-0000-0000-000000000001'])).toBe(false);
  });
});
