import { describe, expect, it } from '@jest/globals';
import { matchPolicies, type Identity } from './match-policies.js';

const a = (name: string, externalId: string | null = null, type = 't'): Identity => ({ type, externalId, name });

function namesOf(left: Identity[], right: Identity[]) {
  const { pairs, onlyLeft, onlyRight, ambiguous } = matchPolicies(left, right);
  const names = (some: readonly Identity[]) => some.map(({ name }) => name);
  return {
    pairs: pairs.map((pair) => [pair.left.name, pair.right.name]),
    onlyLeft: names(onlyLeft),
    onlyRight: names(onlyRight),
    ambiguous: names(ambiguous),
  };
}

const nothing = { pairs: [], onlyLeft: [], onlyRight: [], ambiguous: [] };

describe('the same policies of two sides', () => {
  it('are found by id, whatever they are called', () => {
    expect(namesOf([a('Old', '1')], [a('New', '1'), a('Old', '2')])).toEqual({
      ...nothing,
      pairs: [['Old', 'New']],
      onlyRight: ['Old'],
    });
  });

  it('are found by name where an id is missing, foreign or given twice', () => {
    expect(
      namesOf([a('A'), a('B', 'x'), a('C', '1'), a('D', '1')], [a('a', '1'), a('B', 'y'), a('C'), a('D')]),
    ).toEqual({
      ...nothing,
      pairs: [
        ['A', 'a'],
        ['B', 'B'],
        ['C', 'C'],
        ['D', 'D'],
      ],
    });
  });

  it('are found by the name without its version, after those of the very name', () => {
    expect(namesOf([a('Guard - v1.0'), a('Guard - v2.0')], [a('Guard - v2.0'), a('Guard - v3.0')])).toEqual({
      ...nothing,
      pairs: [
        ['Guard - v2.0', 'Guard - v2.0'],
        ['Guard - v1.0', 'Guard - v3.0'],
      ],
    });
  });

  it('are not guessed where a name stands for several', () => {
    expect(namesOf([a('Guard')], [a('Guard'), a('Guard')])).toEqual({ ...nothing, ambiguous: ['Guard'] });
    expect(namesOf([a('Guard - v1.0'), a('Guard - v2.0')], [a('Guard - v3.0')])).toEqual({
      ...nothing,
      ambiguous: ['Guard - v1.0', 'Guard - v2.0'],
    });
  });

  it('are of one type', () => {
    expect(namesOf([a('Guard', '1', 't')], [a('Guard', '1', 'u')])).toEqual({
      ...nothing,
      onlyLeft: ['Guard'],
      onlyRight: ['Guard'],
    });
  });
});
