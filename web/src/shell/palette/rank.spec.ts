import { describe, expect, it } from '@jest/globals';
import { ranked } from './rank';

const ITEMS = [
  { label: 'Overview' },
  { label: 'Inventory', words: 'policies settings' },
  { label: 'Backup sets', words: 'snapshot' },
  { label: 'Graph connection', words: 'credential secret' },
  { label: 'Settings catalog of the backup' },
];

const found = (query: string): string[] => ranked(query, ITEMS).map(({ label }) => label);

describe('ranked', () => {
  it('keeps everything in its order for no words', () => {
    expect(found('  ')).toEqual(ITEMS.map(({ label }) => label));
  });

  it('puts the beginning of a name before the beginning of a later word, and that before other words', () => {
    expect(found('backup')).toEqual(['Backup sets', 'Settings catalog of the backup']);
    expect(found('set')).toEqual(['Settings catalog of the backup', 'Backup sets', 'Inventory']);
  });

  it('finds by other words, whatever the case', () => {
    expect(found('SNAP')).toEqual(['Backup sets']);
    expect(found('policies')).toEqual(['Inventory']);
  });

  it('wants every word, in any order', () => {
    expect(found('connection graph')).toEqual(['Graph connection']);
    expect(found('graph snapshot')).toEqual([]);
  });

  it('finds by initials last, and nothing by scattered letters', () => {
    expect(found('bs')).toEqual(['Backup sets']);
    expect(found('sn')).toEqual(['Backup sets']);
    expect(found('bckp')).toEqual([]);
  });
});
