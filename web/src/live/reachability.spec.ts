import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isServersOwn, Reachability } from './reachability';

describe('Reachability', () => {
  let answers: boolean;
  let asked: number;
  let told: boolean[];
  let reach: Reachability;

  beforeEach(() => {
    jest.useFakeTimers({ now: 1_000_000 });
    answers = true;
    asked = 0;
    told = [];
    reach = new Reachability(() => {
      asked += 1;
      return answers ? Promise.resolve(true) : Promise.reject(new Error('no answer'));
    });
    reach.subscribe(() => told.push(reach.current().reachable));
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('tells nobody of one lost answer when the next question is answered', async () => {
    reach.suspect();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(1);
    expect(told).toEqual([]);
  });

  it('says since when the server is away, and that it is back, without being asked', async () => {
    reach.answered();
    await jest.advanceTimersByTimeAsync(5_000);
    answers = false;
    reach.suspect();
    reach.suspect();
    await jest.advanceTimersByTimeAsync(0);
    expect(told).toEqual([false]);
    expect(reach.current().lastAnswerAt).toBe(1_000_000);

    await jest.advanceTimersByTimeAsync(8_000);
    expect(asked).toBeGreaterThan(2);
    answers = true;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([false, true]);
  });

  it('takes any answer for a sign of life', async () => {
    answers = false;
    reach.suspect();
    await jest.advanceTimersByTimeAsync(0);
    reach.answered();
    expect(told).toEqual([false, true]);
    const before = asked;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(before);
  });

  it('tries at once when somebody asks for it', async () => {
    answers = false;
    reach.suspect();
    await jest.advanceTimersByTimeAsync(0);
    answers = true;
    reach.retry();
    await jest.advanceTimersByTimeAsync(0);
    expect(told).toEqual([false, true]);
  });

  it('lets somebody wait for it, and says whether that was needed', async () => {
    await expect(reach.back()).resolves.toBe(false);
    answers = false;
    const back = reach.back();
    await jest.advanceTimersByTimeAsync(3_000);
    answers = true;
    await jest.advanceTimersByTimeAsync(10_000);
    await expect(back).resolves.toBe(true);
  });

  it('knows a gateway that answers for a server that is away', () => {
    const answer = (status: number, type: string): Response =>
      new Response('', { status, headers: { 'content-type': type } });
    expect(isServersOwn(answer(502, 'text/html'))).toBe(false);
    expect(isServersOwn(answer(503, 'application/problem+json'))).toBe(true);
    expect(isServersOwn(answer(403, 'text/html'))).toBe(true);
  });
});
