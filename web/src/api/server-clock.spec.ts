import { afterEach, expect, it, jest } from '@jest/globals';
import { noteServerTime, onServerClock, serverNow } from './server-clock';

const HERE = Date.parse('2026-11-21T10:00:00.400Z');

afterEach(() => {
  jest.useRealTimers();
});

it('follows the server where this machine’s clock is off, and not for a second', () => {
  jest.useFakeTimers({ now: HERE });
  noteServerTime('Sat, 21 Nov 2026 10:00:01 GMT');
  expect(serverNow()).toBe(HERE);
  noteServerTime('Sat, 21 Nov 2026 10:10:00 GMT');
  expect(serverNow() - HERE).toBeGreaterThanOrEqual(599_000);
  expect(onServerClock(HERE)).toBe(serverNow());
  const before = serverNow();
  noteServerTime('Sat, 21 Nov 2026 10:10:01 GMT');
  expect(serverNow()).toBe(before);
  noteServerTime(null);
  noteServerTime('nonsense');
  expect(serverNow()).toBe(before);
  noteServerTime('Sat, 21 Nov 2026 10:00:00 GMT');
  expect(serverNow()).toBe(HERE);
});
