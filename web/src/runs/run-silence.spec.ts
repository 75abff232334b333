import { expect, it } from '@jest/globals';
import { silenceOf } from './run-silence';

const AT = '2026-11-21T10:00:00.000Z';
const heartbeat = { at: AT, lostAt: '2026-11-21T10:01:00.000Z' };
const after = (seconds: number): number => Date.parse(AT) + seconds * 1_000;

it('speaks of a silence when half of the lease is over, and of none without a worker', () => {
  expect(silenceOf({ heartbeat }, after(16))).toBeNull();
  expect(silenceOf({ heartbeat }, after(30))).toBeNull();
  expect(silenceOf({ heartbeat }, after(45))).toBe(45_000);
  expect(silenceOf({ heartbeat: null }, after(45))).toBeNull();
});
