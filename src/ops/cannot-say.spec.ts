import { describe, expect, it } from '@jest/globals';
import { SettingsError } from '../platform/config/settings-reader.js';
import { DatabaseUnavailable } from '../platform/database/database-unavailable.js';
import { TransportAway } from '../platform/queue/transport-inspector.js';
import { CannotSay, isUnreachable, sentenceOf } from './cannot-say.js';

const coded = (code: string): Error => Object.assign(new Error('password=hunter2 at host db.internal'), { code });

describe('sentenceOf', () => {
  it.each([
    [new CannotSay('There is no run 7\u001b[2J.'), 'There is no run 7\u{fffd}[2J.'],
    [new SettingsError(['REDIS_URL must be a URL.']), 'REDIS_URL must be a URL.'],
    [new TransportAway('Redis'), 'Redis does not answer; check that it runs and that REDIS_URL leads to it.'],
    [
      new TransportAway('PostgreSQL'),
      'PostgreSQL does not answer; check that it runs and that DATABASE_URL leads to it.',
    ],
    [coded('ECONNREFUSED'), 'The database does not answer; check that it runs and that DATABASE_URL leads to it.'],
    [
      new DatabaseUnavailable(coded('57P03')),
      'The database does not answer; check that it runs and that DATABASE_URL leads to it.',
    ],
    [coded('57P01'), 'The database does not answer; check that it runs and that DATABASE_URL leads to it.'],
    [
      new Error('timeout expired'),
      'The database does not answer; check that it runs and that DATABASE_URL leads to it.',
    ],
    [coded('28000'), 'The database takes no such connection; see its pg_hba.conf, and sslmode in DATABASE_URL.'],
    [coded('28P01'), 'The database refuses the user or the password of DATABASE_URL.'],
    [
      coded('25006'),
      'The database takes no writes; let DATABASE_URL lead to the primary, or wait until it is one again.',
    ],
    [coded('42P01'), 'The database lacks migrations of this version; run npm run migrate -- up.'],
    [coded('22P02'), 'Something went wrong on our side (Error); report it with the command.'],
    [new TypeError('hunter2'), 'Something went wrong on our side (TypeError); report it with the command.'],
    ['hunter2', 'Something went wrong on our side (unknown error); report it with the command.'],
  ])('has one for %s', (error, sentence) => expect(sentenceOf(error)).toBe(sentence));
});

describe('isUnreachable', () => {
  it('knows a database that went while it was asked', () => {
    expect(isUnreachable(new DatabaseUnavailable(new Error('Connection terminated')))).toBe(true);
  });

  it('tells an absent database from one that answers', () => {
    expect(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', '08006', '53300', '57P03'].map(coded).every(isUnreachable)).toBe(
      true,
    );
    expect(['28P01', '42P01', '57014', 'ERR_X'].map(coded).some(isUnreachable)).toBe(false);
  });
});
