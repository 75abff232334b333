import { describe, expect, it } from '@jest/globals';
import type { Database } from '../../../platform/database/database.js';
import type { NewRun } from './new-row.js';
import { RunStartsRepository } from './run-starts.repository.js';

const runs = (count: number): NewRun[] =>
  Array.from({ length: count }, () => ({ actor: { kind: 'system' } }) as NewRun);

/** A sequence that answers when it is let, or refuses. */
class Sequence {
  private last = 0;
  asked = 0;
  refuses = false;

  query = async (_: string, [count]: [number]): Promise<{ id: string }[]> => {
    this.asked += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (this.refuses) throw new Error('away');
    return Array.from({ length: count }, () => ({ id: String((this.last += 1)) }));
  };
}

async function idsOf(starts: RunStartsRepository, count: number): Promise<string[]> {
  return (await starts.number(runs(count))).map(({ row }) => row.id);
}

describe('the numbers of new runs', () => {
  it('are given once, whoever asks meanwhile', async () => {
    const starts = new RunStartsRepository(new Sequence() as unknown as Database);
    const given = (await Promise.all(Array.from({ length: 40 }, (_, at) => idsOf(starts, 1 + (at % 32))))).flat();
    expect(new Set(given).size).toBe(given.length);
    expect(given).toHaveLength(Array.from({ length: 40 }, (_, at) => 1 + (at % 32)).reduce((sum, one) => sum + one));
  });

  it('are there before the last is given, and asked for once', async () => {
    const sequence = new Sequence();
    const starts = new RunStartsRepository(sequence as unknown as Database);
    await idsOf(starts, 40);
    expect(sequence.asked).toBe(1);
    await Promise.all([idsOf(starts, 20), idsOf(starts, 20)]);
    expect(sequence.asked).toBe(2);
  });

  it('are asked for again by who needs them, when they did not come', async () => {
    const sequence = new Sequence();
    const starts = new RunStartsRepository(sequence as unknown as Database);
    await idsOf(starts, 60);
    sequence.refuses = true;
    await new Promise((resolve) => setImmediate(resolve));
    await expect(idsOf(starts, 40)).resolves.toHaveLength(40);
    await expect(idsOf(starts, 1)).rejects.toThrow('away');
    sequence.refuses = false;
    await expect(idsOf(starts, 1)).resolves.toHaveLength(1);
  });
});
