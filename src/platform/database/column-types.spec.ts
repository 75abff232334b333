import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { COLUMN_TYPES } from './column-types.js';

const { TIMESTAMPTZ, JSONB, INT8 } = pg.types.builtins;
const own = COLUMN_TYPES.getTypeParser(TIMESTAMPTZ, 'text') as (text: string) => unknown;
const drivers = pg.types.getTypeParser(TIMESTAMPTZ, 'text') as (text: string) => unknown;

describe('COLUMN_TYPES', () => {
  it('reads instants as the driver does', () => {
    const part = (least: number, most: number) =>
      fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, '0'));
    const date = fc.tuple(fc.integer({ min: 1_000, max: 9_999 }), part(1, 12), part(1, 28)).map((of) => of.join('-'));
    const time = fc.tuple(part(0, 23), part(0, 59), part(0, 59)).map((of) => of.join(':'));
    const fraction = fc.oneof(
      fc.constant(''),
      fc
        .integer({ min: 0, max: 999_999 })
        .map((micros) => `.${String(micros).padStart(6, '0').replace(/0+$/, '') || '0'}`),
    );
    const offset = fc.constantFrom('+00', '+02', '-07', '+05:30');
    fc.assert(
      fc.property(date, time, fraction, offset, (...[day, clock, rest, zone]) => {
        const text = `${day} ${clock}${rest}${zone}`;
        expect(own(text)).toEqual(drivers(text));
        expect(own(text)).not.toEqual(new Date(NaN));
      }),
    );
  });

  it.each([
    'infinity',
    '-infinity',
    '0044-03-15 12:00:00+00 BC',
    '10000-01-01 00:00:00+00',
    '0099-01-01 00:00:00+00',
    '1800-01-01 00:00:00+00:53:28',
  ])('reads %s as the driver does', (text) => {
    expect(own(text)).toEqual(drivers(text));
  });

  it('leaves all other types to the driver', () => {
    expect(COLUMN_TYPES.getTypeParser(JSONB, 'text')).toBe(pg.types.getTypeParser(JSONB, 'text'));
    expect(COLUMN_TYPES.getTypeParser(INT8, 'text')).toBe(pg.types.getTypeParser(INT8, 'text'));
    expect(COLUMN_TYPES.getTypeParser(TIMESTAMPTZ, 'binary')).toBe(pg.types.getTypeParser(TIMESTAMPTZ, 'binary'));
  });
});
