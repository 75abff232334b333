import { describe, expect, it } from '@jest/globals';
import { tableOf } from './table.js';

describe('tableOf', () => {
  it('lines up words on the left and numbers on the right, by what they take on a terminal', () => {
    const lines = tableOf(
      [
        { title: 'NAME', text: ({ name }: { name: string; runs: string }) => name },
        { title: 'RUNS', text: ({ runs }) => runs, right: true },
        { title: 'LAST', text: () => '-' },
      ],
      [
        { name: 'Contoso', runs: '7' },
        { name: '構成', runs: '1,204' },
      ],
    );
    expect(lines).toEqual(['NAME      RUNS  LAST', 'Contoso      7  -', '構成     1,204  -']);
  });
});
