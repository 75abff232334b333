import { describe, expect, it } from '@jest/globals';
import { rowsStatement } from './rows-statement.js';

describe('rowsStatement', () => {
  const statement = rowsStatement(['integer', 'text'], (rows) => `SELECT * FROM ${rows} AS r (id, words)`);

  it('names one row as it is', () => {
    expect(statement([[1, 'a']])).toEqual([
      'SELECT * FROM (VALUES ($1::integer, $2::text)) AS r (id, words)',
      [1, 'a'],
    ]);
  });

  it('gives many rows as an array of each column, in the same text for any number', () => {
    const [text, parameters] = statement([
      [1, 'a'],
      [2, null],
    ]);
    expect(text).toBe('SELECT * FROM unnest($1::integer[], $2::text[]) AS r (id, words)');
    expect(parameters).toEqual([
      [1, 2],
      ['a', null],
    ]);
    expect(statement(Array.from({ length: 5 }, (_, id) => [id, 'b']))[0]).toBe(text);
  });
});
