import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Soon } from './soon';

const work = jest.fn();

beforeEach(() => {
  jest.useFakeTimers();
  work.mockClear();
});

afterEach(() => {
  jest.useRealTimers();
});

it('does once what is called for within its time, and again for what is called for later', () => {
  const soon = new Soon(50, work);
  soon.call();
  jest.advanceTimersByTime(40);
  soon.call();
  jest.advanceTimersByTime(10);
  expect(work).toHaveBeenCalledTimes(1);
  soon.call();
  jest.advanceTimersByTime(50);
  expect(work).toHaveBeenCalledTimes(2);
});

it('keeps a distance while it is called for all the time, and is prompt after a rest', () => {
  const soon = new Soon(50, work, 250);
  for (let ms = 0; ms < 1_000; ms += 10) {
    soon.call();
    jest.advanceTimersByTime(10);
  }
  expect(work).toHaveBeenCalledTimes(4);
  jest.advanceTimersByTime(1_000);
  work.mockClear();
  soon.call();
  jest.advanceTimersByTime(50);
  expect(work).toHaveBeenCalledTimes(1);
});

it('does nothing after it was cancelled', () => {
  const soon = new Soon(50, work);
  soon.call();
  soon.cancel();
  jest.advanceTimersByTime(1_000);
  expect(work).not.toHaveBeenCalled();
});
