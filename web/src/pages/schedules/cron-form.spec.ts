import { describe, expect, it } from '@jest/globals';
import { cronOf, cronWords, rhythmOf } from './cron-form';

describe('a cron expression in the form', () => {
  it.each([
    ['0 * * * *', 'Every hour at :00'],
    ['15 */6 * * *', 'Every 6 hours at :15'],
    ['30 3 * * *', 'Every day at 03:30'],
    ['0 22 * * 1,2,3,4,5', 'Mon to Fri at 22:00'],
    ['5 0 * * 0', 'Every Sunday at 00:05'],
    ['0 12 * * 0,1,6', 'Mon, Sat and Sun at 12:00'],
  ])('%s is “%s”, and comes back from its words’ fields', (cron, words) => {
    expect(cronWords(cron)).toBe(words);
    expect(cronOf(rhythmOf(cron))).toBe(cron);
  });

  it.each([
    '0 0 1 * *',
    '*/10 * * * *',
    '0 */5 * * *',
    '0 3 * 6 *',
    '0 9-17 * * *',
    '0 3 * * MON',
    '0 */6 * * 1',
    '0 3 * * 5-1',
    '61 3 * * *',
    'nonsense',
    '',
  ])('%s stays an expression', (cron) => {
    expect(rhythmOf(cron)).toEqual({ every: 'expression', cron });
    expect(cronOf(rhythmOf(cron))).toBe(cron);
  });

  it.each([
    ['*/15 * * * *', 'Every 15 minutes'],
    ['*/7 * * * *', 'Cron */7 * * * *'],
    ['0 0 1 * *', 'Cron 0 0 1 * *'],
  ])('%s is “%s”', (cron, words) => expect(cronWords(cron)).toBe(words));

  it('reads ranges of days, with 7 as Sunday', () => {
    expect(rhythmOf('0 1 * * 1-5')).toEqual({ every: 'week', days: [1, 2, 3, 4, 5], time: '01:00' });
    expect(rhythmOf('0 1 * * 6-7')).toEqual({ every: 'week', days: [6, 0], time: '01:00' });
  });

  it('is empty while a time or a day is missing', () => {
    expect(cronOf({ every: 'day', time: '' })).toBe('');
    expect(cronOf({ every: 'week', days: [], time: '03:30' })).toBe('');
  });
});
