import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cronTimes, isCron, isTimeZone, nextCronTime, normalisedCron, ticksAtLeastEvery } from './cron-times.js';

const BERLIN = 'Europe/Berlin';

function times(cron: string, zone: string, after: string, count: number): string[] {
  return cronTimes(cron, zone, new Date(after), count).map((time) => time.toISOString().replace(':00.000Z', 'Z'));
}

describe('the times of a cron expression', () => {
  it('are read on the clock of the zone, summer and winter', () => {
    expect(times('30 3 * * *', BERLIN, '2026-01-14T12:00Z', 2)).toEqual(['2026-01-15T02:30Z', '2026-01-16T02:30Z']);
    expect(times('30 3 * * *', BERLIN, '2026-07-14T12:00Z', 1)).toEqual(['2026-07-15T01:30Z']);
    expect(times('30 3 * * *', 'Asia/Kolkata', '2026-07-14T12:00Z', 1)).toEqual(['2026-07-14T22:00Z']);
    expect(times('0 9 * * MON-FRI', 'America/New_York', '2026-07-17T14:00Z', 2)).toEqual([
      '2026-07-20T13:00Z',
      '2026-07-21T13:00Z',
    ]);
  });

  it('come after the asked one, never at it', () => {
    expect(times('0 * * * *', 'UTC', '2026-01-14T12:00Z', 1)).toEqual(['2026-01-14T13:00Z']);
    expect(times('0 * * * *', 'UTC', '2026-01-14T11:59:59.999Z', 1)).toEqual(['2026-01-14T12:00Z']);
  });

  it('find a day that comes once in years', () => {
    expect(times('0 0 29 2 *', 'UTC', '2097-01-01T00:00Z', 1)).toEqual(['2104-02-29T00:00Z']);
  });

  describe('where the clock is put forward (02:00 becomes 03:00 in Berlin on 29 March 2026)', () => {
    it('tick once for a local time that is skipped, later by as much', () => {
      const expected = ['2026-03-28T01:30Z', '2026-03-29T01:30Z', '2026-03-30T00:30Z'];
      expect(times('30 2 * * *', BERLIN, '2026-03-28T00:00Z', 3)).toEqual(expected);
    });

    it('tick once where a skipped and a following time fall together', () => {
      expect(times('30 2,3 * * *', BERLIN, '2026-03-28T12:00Z', 2)).toEqual(['2026-03-29T01:30Z', '2026-03-30T00:30Z']);
    });

    it('say the same when they are asked between the skipped time and its tick', () => {
      expect(times('30 2 * * *', BERLIN, '2026-03-29T01:10Z', 1)).toEqual(['2026-03-29T01:30Z']);
    });

    it('leave out a midnight that is skipped (in Cairo on 24 April 2026)', () => {
      expect(times('0 0 * * *', 'Africa/Cairo', '2026-04-22T12:00Z', 2)).toEqual([
        '2026-04-22T22:00Z',
        '2026-04-24T21:00Z',
      ]);
    });

    it('go on every hour', () => {
      expect(times('0 * * * *', BERLIN, '2026-03-28T23:30Z', 3)).toEqual([
        '2026-03-29T00:00Z',
        '2026-03-29T01:00Z',
        '2026-03-29T02:00Z',
      ]);
    });
  });

  describe('where the clock is put back (03:00 becomes 02:00 in Berlin on 25 October 2026)', () => {
    it('tick the first time only for a local time that comes twice', () => {
      const expected = ['2026-10-24T00:30Z', '2026-10-25T00:30Z', '2026-10-26T01:30Z'];
      expect(times('30 2 * * *', BERLIN, '2026-10-24T00:00Z', 3)).toEqual(expected);
    });

    it('say the same when they are asked in the second of the two hours', () => {
      expect(times('30 2 * * *', BERLIN, '2026-10-25T01:10Z', 1)).toEqual(['2026-10-26T01:30Z']);
      expect(times('*/15 2 * * *', BERLIN, '2026-10-25T01:05Z', 1)).toEqual(['2026-10-26T01:00Z']);
    });

    it('tick in both hours for a cron on every hour', () => {
      expect(times('0 * * * *', BERLIN, '2026-10-24T23:30Z', 3)).toEqual([
        '2026-10-25T00:00Z',
        '2026-10-25T01:00Z',
        '2026-10-25T02:00Z',
      ]);
    });
  });

  it('do not depend on where one stands in them', () => {
    const start = Date.parse('2026-10-24T12:00Z');
    const spring = Date.parse('2026-03-28T12:00Z');
    const crons = ['30 2 * * *', '*/20 1-3 * * *', '0 * * * *', '5,35 2,14 * * *', '30 0 * * *'];
    const zones = [BERLIN, 'America/New_York', 'America/Havana', 'Antarctica/Troll', 'UTC'];
    fc.assert(
      fc.property(
        fc.constantFrom(...crons),
        fc.constantFrom(...zones),
        fc.constantFrom(start, spring),
        fc.integer({ min: 0, max: 9 * 24 * 60 }),
        (cron, zone, from, minutes) => {
          const after = new Date(from + minutes * 60_000);
          const whole = cronTimes(cron, zone, new Date(after.getTime() - 26 * 3_600_000), 60);
          expect(nextCronTime(cron, zone, after)).toEqual(whole.find((time) => time > after));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('what is a cron expression', () => {
  it.each([
    '* * * * *',
    '*/5 * * * *',
    '0 3 * * MON-FRI',
    '0 3 L * *',
    '0 3 * * 1#2',
    '15 6,18 1-7 JAN,JUL ?',
    '0 0 * * THU',
  ])('%s is one', (cron) => expect(isCron(cron)).toBe(true));

  it.each([
    '',
    '*',
    '* * * *',
    '0 0 3 * * *',
    '60 * * * *',
    '0 24 * * *',
    '*/0 * * * *',
    '5-1 * * * *',
    '0 0 30 2 *',
    '0 0 * * 8',
    'H 3 * * *',
    'H/5 * * * *',
    '@daily',
    'a b c d e',
    '0 3  * * *',
    '0 0 1 1 2027 *',
    '0 3 * * * ; drop',
  ])('"%s" is none', (cron) => expect(isCron(cron)).toBe(false));

  it('stands with one space between its fields', () => {
    expect(normalisedCron('  0\t3 *  * * ')).toBe('0 3 * * *');
  });
});

describe('what is a time zone', () => {
  it.each(['UTC', BERLIN, 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'Etc/GMT+5'])('%s is one', (zone) => {
    expect(isTimeZone(zone)).toBe(true);
    expect(nextCronTime('0 3 * * *', zone, new Date('2026-01-14T12:00Z'))).toBeInstanceOf(Date);
  });

  it.each([
    '',
    'Europe/Atlantis',
    '+02:00',
    'UTC+2',
    'local',
    'system',
    'Europe/Berlin ',
    '../etc/passwd',
    'Australia/Lord_Howe',
    'australia/LHI',
  ])('"%s" is none', (zone) => expect(isTimeZone(zone)).toBe(false));
});

describe('ticks at least five minutes apart', () => {
  it.each([
    '*/5 * * * *',
    '0 * * * *',
    '0,55 * * * *',
    '58,3 * * * *',
    '0,58 3 * * *',
    '59 23 * * *',
    '58,3 1,5 * * *',
  ])('%s keeps the distance', (cron) => expect(ticksAtLeastEvery(cron, 5)).toBe(true));

  it.each([
    '* * * * *',
    '*/4 * * * *',
    '0,4 3 1 1 *',
    '0,58 * * * *',
    '2,58 1-2 * * *',
    '1,57 23,0 * * *',
    '*/7 * * * *',
  ])('%s does not', (cron) => expect(ticksAtLeastEvery(cron, 5)).toBe(false));
});
