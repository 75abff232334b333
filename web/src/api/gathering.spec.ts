import { describe, expect, it } from '@jest/globals';
import { Gathering } from './gathering';

describe('gathering', () => {
  const of = (most: number): { asked: string[][]; names: Gathering<string> } => {
    const asked: string[][] = [];
    const names = new Gathering<string>(most, (ids) => {
      asked.push([...ids]);
      if (ids.includes('refused')) return Promise.reject(new Error('no'));
      return Promise.resolve(new Map(ids.filter((id) => id !== 'unknown').map((id) => [id, `Group ${id}`])));
    });
    return { asked, names };
  };

  it('asks once for all that is wanted together, and once for each', async () => {
    const { asked, names } = of(100);
    const found = await Promise.all(['a', 'b', 'a', 'unknown'].map((id) => names.one(id)));
    expect(found).toEqual(['Group a', 'Group b', 'Group a', undefined]);
    expect(asked).toEqual([['a', 'b', 'unknown']]);
    await names.one('c');
    expect(asked).toEqual([['a', 'b', 'unknown'], ['c']]);
  });

  it('makes as many requests as there have to be, and fails only what failed', async () => {
    const { asked, names } = of(2);
    const found = await Promise.allSettled(['a', 'b', 'refused'].map((id) => names.one(id)));
    expect(asked).toEqual([['a', 'b'], ['refused']]);
    expect(found.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });
});
