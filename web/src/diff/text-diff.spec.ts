import { describe, expect, it } from '@jest/globals';
import { folded, lineDiff } from './line-diff';
import { wordDiff } from './word-diff';

const marked = (segments: readonly { text: string; changed: boolean }[] | undefined): string =>
  (segments ?? []).map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');

describe('wordDiff', () => {
  it('marks the words that only one side has', () => {
    const found = wordDiff('Block USB storage on laptops', 'Block removable storage on laptops');
    expect(marked(found?.before)).toBe('Block [USB] storage on laptops');
    expect(marked(found?.after)).toBe('Block [removable] storage on laptops');
  });

  it('says nothing of texts that have too little in common', () => {
    expect(wordDiff('Enabled', 'Not configured')).toBeNull();
    expect(wordDiff('', 'Enabled')).toBeNull();
  });

  it('takes words of any script and signs one by one', () => {
    const found = wordDiff('Gerät für Müller (alt)', 'Gerät für Müller (neu)');
    expect(marked(found?.after)).toBe('Gerät für Müller ([neu])');
  });
});

describe('lineDiff', () => {
  const before = ['$ErrorActionPreference = "Stop"', 'Get-Service', 'exit 0'].join('\n');

  it('sets the lines that stand in one place side by side, with their words marked', () => {
    const pairs = lineDiff(before, before.replace('"Stop"', '"Continue"'));
    expect(pairs.map(({ kind }) => kind)).toEqual(['changed', 'same', 'same']);
    expect(marked(pairs[0]?.after?.segments)).toBe('$ErrorActionPreference = "[Continue]"');
  });

  it('numbers the lines of each side by themselves', () => {
    const pairs = lineDiff(before, `# new\n${before}`);
    expect(pairs.map((pair) => [pair.kind, pair.before?.number ?? null, pair.after?.number ?? null])).toEqual([
      ['added', null, 1],
      ['same', 1, 2],
      ['same', 2, 3],
      ['same', 3, 4],
    ]);
  });

  it('sees no difference in the kind of line end', () => {
    expect(lineDiff('a\r\nb\r\n', 'a\nb').every(({ kind }) => kind === 'same')).toBe(true);
  });
});

describe('folded', () => {
  it('leaves out what is equal and far from a difference, and loses no line', () => {
    const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
    const pairs = lineDiff(lines.join('\n'), [...lines.slice(0, 10), 'new', ...lines.slice(11)].join('\n'));
    const blocks = folded(pairs, 2);
    expect(blocks.map((block) => ('folded' in block ? -block.folded.length : block.pairs.length))).toEqual([-8, 5, -7]);
  });
});
