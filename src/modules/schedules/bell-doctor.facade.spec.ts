import { expect, it } from '@jest/globals';
import type { HangingBell, JobScheduler } from '../../platform/queue/job-scheduler.js';
import { BellDoctor } from './bell-doctor.facade.js';
import type { ScheduleTickRepository } from './data/schedule-tick.repository.js';
import { ScheduleBells } from './schedule-bells.js';

const NOW = new Date('2026-05-12T10:00:00Z');
const AT = { cron: '0 9 * * *', timeZone: 'UTC' };

/** What each look finds, one after the other. */
function doctorOf(looks: readonly HangingBell[][]): BellDoctor {
  const coming = [...looks];
  const scheduler = { bells: () => Promise.resolve(coming.shift() ?? []) } as JobScheduler;
  const rows = [{ id: '1', cron: AT.cron, time_zone: AT.timeZone }];
  const ticks = { enabled: () => Promise.resolve(rows) } as unknown as ScheduleTickRepository;
  return new BellDoctor(new ScheduleBells(scheduler, ticks), { now: () => NOW });
}

const bell = (id: string, secondsFromNow: number): HangingBell => ({
  id,
  ...AT,
  nextAt: new Date(NOW.getTime() + secondsFromNow * 1_000),
});

it('finds bells that should have rung, but not those that ring just now', async () => {
  expect(await doctorOf([[bell('1', -59)]]).examine()).toEqual([]);
  const late = [bell('1', -61)];
  expect(await doctorOf([late, late]).examine()).toEqual([{ kind: 'bell_late', scheduleIds: ['1'] }]);
});

it('tells only what two looks find, for people change schedules meanwhile', async () => {
  const hung = [bell('1', 60)];
  expect(await doctorOf([[], hung]).examine()).toEqual([]);
  const found = [bell('2', 60), bell('3', 60)];
  expect(
    await doctorOf([
      [...hung, ...found],
      [...hung, bell('3', 60)],
    ]).examine(),
  ).toEqual([{ kind: 'bell_stale', scheduleIds: ['3'] }]);
});
