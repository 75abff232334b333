import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMMON_REASONS } from '#libs/run-kit/src/common-reasons.js';
import { FailureCatalogue, type KnownFailure } from './failure-catalogue.js';

const OWN = {
  'probe.refused': 'The probe refused this item. Use another.',
  'probe.deep.reason': 'The probe is too deep. Use a flatter one.',
};
const catalogue = new FailureCatalogue();
catalogue.add(OWN);

const COMMON_CODES = [
  'graph.throttled',
  'graph.forbidden',
  'graph.unauthorized',
  'graph.not_found',
  'graph.bad_request',
  'graph.unavailable',
  'graph.protocol',
  'graph.not_connected',
  'graph.credential_unusable',
  'database.full',
  'database.exhausted',
  'database.unavailable',
  'dispatch.unavailable',
  'dispatch.expired',
  'worker.lost',
  'run.timeout',
  'run.invalid_payload',
  'run.hold_expired',
  'run.no_handler',
  'internal.error',
];
const GENERAL = catalogue.failure('internal.error');
const ALLOWED = new Map([...COMMON_CODES, ...Object.keys(OWN)].map((code) => [code, catalogue.failure(code).message]));

const letters = (alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const word = letters(BASE64URL, 16, 40);

/** What must never come out, each in the forms in which libraries put it into their errors. */
const secret: fc.Arbitrary<string> = fc.oneof(
  word.map((token) => `Authorization: Bearer ${token}`),
  fc.tuple(word, word, word).map(([head, body, signature]) => `eyJ${head}.eyJ${body}.${signature}`),
  word.map((value) => `client_secret=${value}~Q8~.${value}`),
  fc.tuple(word, word).map(([user, password]) => `postgres://${user}:${password}@db.internal:5432/atlas?sslmode=no`),
  word.map((password) => `redis://default:${password}@10.0.0.7:6379/0`),
  word.map((key) => `DefaultEndpointsProtocol=https;AccountName=atlas;AccountKey=${key}==;EndpointSuffix=core`),
  fc
    .record({ displayName: word, omaSettings: fc.array(word), value: fc.jsonValue() })
    .map((body) => JSON.stringify(body)),
  word.map((id) => `GET https://graph.microsoft.com/beta/users/${id}?$select=id&access_token=${id}`),
  word.map((file) => `at Object.work (/srv/${file}/dist/src/secret.js:12:7)\n    at process.processTicksAndRejections`),
  word.map((name) => `Dear ${name}@contoso.example,\r\nyour password is ${name}.\r\nRegards`),
  word.map((cookie) => `set-cookie: tenantatlas.sid=s%3A${cookie}; HttpOnly`),
  word.map((key) => `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----`),
  fc.string({ unit: 'binary', minLength: 16, maxLength: 60 }),
);

class LibraryError extends Error {
  readonly config: unknown;
  readonly response: unknown;

  constructor(
    message: string,
    readonly code: unknown,
    given: { cause: unknown; config: unknown; response: unknown },
  ) {
    super(message, { cause: given.cause });
    this.config = given.config;
    this.response = given.response;
  }
}

/** Thrown values as libraries and handlers make them, with secrets in every place that has room for one. */
const thrown: fc.Arbitrary<unknown> = fc.oneof(
  secret,
  secret.map((text) => new Error(text)),
  fc.tuple(secret, secret).map(([text, code]) => Object.assign(new Error(text), { code })),
  fc.tuple(secret, secret).map(([text, stack]) => Object.assign(new Error(text), { stack, name: text })),
  fc.tuple(secret, secret, secret).map(
    ([text, code, deep]) =>
      new LibraryError(text, code, {
        cause: new AggregateError([new Error(deep)], deep),
        config: { headers: { authorization: deep } },
        response: { data: deep },
      }),
  ),
  fc.tuple(secret, fc.constantFrom(...COMMON_CODES)).map(([text, code]) => Object.assign(new Error(text), { code })),
  fc
    .tuple(secret, fc.constantFrom(...COMMON_CODES))
    .map(([text, code]) => ({ code, message: text, toString: () => text })),
  fc.tuple(fc.constantFrom(...COMMON_CODES), secret).map(([code, text]) => ({ code: `${code} ${text}` })),
  secret.map((text) => ({ code: { toString: () => text } })),
  secret.map((text) => ({ code: [text] })),
  secret.map((text) => ({ failure: { code: text, message: text }, reasonCode: text })),
  secret.map((text) => ({ toJSON: () => ({ text }) })),
  fc.anything({ withNullPrototype: true, withObjectString: true, withBigInt: true, withMap: true, withSet: true }),
);

/** Fails unless the answer is, character for character, one of the catalogue's own. */
function expectOfCatalogue(failure: KnownFailure): void {
  expect(Object.keys(failure).sort()).toEqual(['code', 'message']);
  expect(ALLOWED.get(failure.code)).toBe(failure.message);
}

describe('the failure catalogue', () => {
  it('has the codes that programs know, and each of them is looked at here', () => {
    expect(Object.keys(COMMON_REASONS).sort()).toEqual([...COMMON_CODES].sort());
  });

  it('lets nothing of a thrown value out but a code that it knows', () => {
    fc.assert(
      fc.property(thrown, (error) => {
        expectOfCatalogue(catalogue.failureOf(error));
      }),
      { numRuns: 2_000 },
    );
  });

  it('lets nothing of an unknown reason code out', () => {
    const codes = fc.oneof(
      secret,
      fc.constantFrom('', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'graph.throttled '),
      fc.tuple(fc.constantFrom(...COMMON_CODES), secret).map(([code, text]) => `${code}\n${text}`),
    );
    fc.assert(
      fc.property(codes, (code) => {
        expect(catalogue.failure(code)).toEqual(GENERAL);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([...ALLOWED.keys()])('says %s in one short sentence or two, with nothing of a run in it', (code) => {
    const failure = catalogue.failure(code);
    expect(failure.code).toBe(code);
    expect(failure.message.length).toBeLessThanOrEqual(160);
    expect(failure.message).toMatch(/^[A-Z][^{}<>$@\\/?=]+\.$/);
    expect(catalogue.failureOf(Object.assign(new Error('secret'), { code }))).toEqual(failure);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'graph.throttled'],
    ['an error without a code', new Error('graph.throttled')],
    ['a code that is no text', { code: 42 }],
    ['a code of PostgreSQL', { code: '23505' }],
    ['a code of Node', { code: 'ECONNREFUSED' }],
    ['a code in another case', { code: 'Graph.Throttled' }],
    ['a known code inside its cause alone', new Error('x', { cause: { code: 'graph.throttled' } })],
  ])('takes %s for an error of ours', (_, error) => {
    expect(catalogue.failureOf(error)).toEqual(GENERAL);
  });

  it('answers a failure of its own each time, so that nobody changes what others are told', () => {
    const first = catalogue.failure('graph.throttled');
    first.message = 'changed';
    expect(catalogue.failure('graph.throttled').message).not.toBe('changed');
  });

  it('takes a run type’s reasons, the same twice too', () => {
    const own = new FailureCatalogue();
    expect(own.failure('probe.refused')).toEqual(GENERAL);
    own.add(OWN);
    own.add({ ...OWN });
    expect(own.failure('probe.refused')).toEqual({ code: 'probe.refused', message: OWN['probe.refused'] });
  });

  it('refuses one code with two meanings, and a code that is not lower case and dotted', () => {
    const own = new FailureCatalogue();
    own.add(OWN);
    expect(() => own.add({ 'probe.refused': 'Something else.' })).toThrow('"probe.refused" is declared twice');
    expect(() => own.add({ 'graph.throttled': 'Something else.' })).toThrow('"graph.throttled" is declared twice');
    for (const code of [
      'probe',
      'Probe.refused',
      'probe refused',
      'probe.',
      '.refused',
      'probe..refused',
      '__proto__x',
    ]) {
      expect(() => own.add({ [code]: 'A sentence.' })).toThrow('not lower case and dotted');
    }
  });
});
