import { describe, expect, it } from '@jest/globals';
import { clean, jsonText, shortened, widthOf } from './clean-text.js';

const OBEYED = [
  '\u0000',
  '\u0007',
  '\n',
  '\r',
  '\t',
  '\u001b',
  '\u007f',
  '\u009b',
  '\u200b',
  '\u202e',
  '\u2066',
  '\u2028',
  '\ufeff',
  '\ud800',
];

describe('clean', () => {
  it.each(OBEYED.map((character) => [JSON.stringify(character), character]))(
    'shows %s as a stranger',
    (_, character) => {
      expect(clean(`a${character}b`)).toBe('a\u{fffd}b');
    },
  );

  it('leaves names alone, in any writing', () => {
    for (const name of ['Contoso – Prod (EU)', 'Ärzte & Söhne', '構成', 'عربي', '💾 disk', 'e\u0301'])
      expect(clean(name)).toBe(name);
  });
});

describe('jsonText', () => {
  it('loses nothing and holds nothing that a terminal obeys', () => {
    const value = { names: OBEYED.map((character) => `a${character}b`), tag: '\u{e0041}' };
    for (const indent of [undefined, 2]) {
      const text = jsonText(value, indent);
      expect(text.replaceAll('\n', '')).toBe(clean(text.replaceAll('\n', '')));
      expect(JSON.parse(text)).toEqual(value);
    }
  });
});

describe('the width of a text', () => {
  it.each([
    ['abc', 3],
    ['構成', 4],
    ['💾', 2],
    ['e\u0301', 1],
    ['', 0],
  ])('of %s is %i', (text, width) => expect(widthOf(text)).toBe(width));

  it('is what a shortened one is held to', () => {
    expect(shortened('abcdef', 6)).toBe('abcdef');
    expect(shortened('abcdefg', 6)).toBe('abcde…');
    expect(shortened('構成プロファイル', 6)).toBe('構成…');
  });
});
