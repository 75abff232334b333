import { describe, expect, it } from '@jest/globals';
import { sharedReading } from './shared-reading.js';

const LIMITS = { keepMs: 100, deadlineMs: 60_000 };

describe('a shared reading', () => {
  it('is made once for all who ask while it is under way, and kept for a while after', async () => {
    let [time, made] = [0, 0];
    const read = sharedReading(
      () => Promise.resolve((made += 1)),
      LIMITS,
      () => time,
    );
    expect(await Promise.all([read(), read()])).toEqual([1, 1]);
    time = 99;
    expect(await read()).toBe(1);
    time = 100;
    expect(await read()).toBe(2);
  });

  it('keeps a failure as long as an answer, also one that is thrown at once', async () => {
    let [time, made] = [0, 0];
    const failing = (): Promise<never> => {
      made += 1;
      throw new Error(`no ${made}`);
    };
    const read = sharedReading(failing, LIMITS, () => time);
    await expect(read()).rejects.toThrow('no 1');
    await expect(read()).rejects.toThrow('no 1');
    time = 100;
    await expect(read()).rejects.toThrow('no 2');
  });

  it('lets nobody wait for ever, and begins no second one beside a hanging first', async () => {
    let made = 0;
    let answer: (value: string) => void = () => undefined;
    const read = sharedReading(
      () => {
        made += 1;
        return new Promise<string>((resolve) => (answer = resolve));
      },
      { keepMs: 100, deadlineMs: 1 },
      () => 0,
    );
    await expect(read()).rejects.toThrow('There was no answer within 1 ms.');
    const second = read();
    await expect(second).rejects.toThrow('There was no answer');
    expect(made).toBe(1);
    answer('late');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await read()).toBe('late');
    expect(made).toBe(1);
  });
});
