import { describe, expect, it } from '@jest/globals';
import { databaseWords } from './database-words.js';

const coded = (code: string): Error => Object.assign(new Error('password=hunter2 at host db.internal'), { code });
const AWAY = 'The database does not answer; check that it runs and that DATABASE_URL leads to it.';

describe('databaseWords', () => {
  it.each([
    ['ECONNREFUSED', AWAY],
    ['EAI_AGAIN', AWAY],
    ['ENETUNREACH', AWAY],
    ['57P03', AWAY],
    ['28P01', 'The database refuses the user or the password of DATABASE_URL.'],
    ['3D000', 'The database that DATABASE_URL names does not exist.'],
    ['53300', 'The database takes no more connections; see its max_connections, and who holds them.'],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'The certificate of the database is not trusted; see sslmode and sslrootcert in DATABASE_URL.',
    ],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'The certificate of the database is not trusted; see sslmode and sslrootcert in DATABASE_URL.',
    ],
  ])('has a sentence for %s', (code, sentence) => expect(databaseWords(coded(code))).toBe(sentence));

  it.each([
    ['timeout expired', AWAY],
    [
      'The server does not support SSL connections',
      'The database speaks no TLS; have it speak it, or change sslmode in DATABASE_URL.',
    ],
  ])('knows the driver by its words where it gives no code: %s', (words, sentence) =>
    expect(databaseWords(new Error(words))).toBe(sentence),
  );

  it('has none for what says nothing against the database', () => {
    for (const error of [coded('42P01'), coded('ENOENT'), new Error('x'), 'timeout expired', undefined]) {
      expect(databaseWords(error)).toBeUndefined();
    }
  });
});
