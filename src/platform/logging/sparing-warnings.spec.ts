import { beforeEach, describe, expect, it } from '@jest/globals';
import { SparingWarnings } from './sparing-warnings.js';

describe('warnings of a server that is away', () => {
  let said: string[];
  let now: number;
  let warnings: SparingWarnings;

  beforeEach(() => {
    said = [];
    now = 0;
    warnings = new SparingWarnings({ warn: (words: string) => said.push(words) }, () => now);
  });

  const refused = (): Error => Object.assign(new Error('connect 10.0.0.1:6379'), { code: 'ECONNREFUSED' });

  it('are said once a minute, however often the error comes', () => {
    for (now = 0; now < 120_000; now += 500) warnings.warn('queue reports', refused());
    expect(said).toEqual(['queue reports: ECONNREFUSED', 'queue reports: ECONNREFUSED']);
  });

  it('are said of each place and each kind of error, by its code or its name', () => {
    warnings.warn('queue reports', refused());
    warnings.warn('queue letters', refused());
    warnings.warn('queue reports', new TypeError('secret'));
    expect(said).toEqual(['queue reports: ECONNREFUSED', 'queue letters: ECONNREFUSED', 'queue reports: TypeError']);
  });
});
