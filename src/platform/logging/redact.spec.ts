import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { redact } from './redact.js';

const NAMES = ['password', 'secret', 'clientSecret', 'api_key', 'x-sid', "the 'secret'", 'cookie"', 'Secret\n'];

/** `value` written as a text of JSON within JSON, `times` times. */
function written(value: unknown, times: number): string {
  const text = JSON.stringify(value);
  return times === 0 ? text : written(text, times - 1);
}

function read(text: string, times: number): unknown {
  const value = JSON.parse(text) as unknown;
  return times === 0 ? value : read(value as string, times - 1);
}

const saysNothing = (value: unknown): boolean => value === null || value === '';

describe('redact, with JSON', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([12, -1.5e-7, true, false, 'two words', ['hunter2', 2], [], {}, { a: { b: 'hunter2' }, c: [{}] }])(
    'hides the whole of a secret that is %j',
    (secret) => {
      expect(redact(JSON.stringify({ a: 1, secret, b: 2 }))).toBe('{"a":1,"secret":"[hidden]","b":2}');
    },
  );

  it('says that there is nothing where there is nothing', () => {
    const line = '{"secret":null,"password":"","cookie":null}';
    expect(redact(line)).toBe(line);
    expect(redact('password=nullable')).toBe('password=[hidden]');
  });

  it('hides any value under any name, within texts within texts, and nothing beside it', () => {
    const given = fc.record({ name: fc.constantFrom(...NAMES), value: fc.jsonValue(), times: fc.nat(3) });
    fc.assert(
      fc.property(given, ({ name, value, times }) => {
        const around = (secret: unknown): unknown => ({ before: [1], in: [{ [name]: secret, next: 'kept' }], n: null });
        const line = written(around(value), times);
        expect(read(redact(line), times)).toEqual(around(saysNothing(value) ? value : '[hidden]'));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{"secret":{"a":"hunter2","b', '{"secret":"[hidden]"'],
    ['{"text":"cut: {\\"secret\\":[\\"hunter2","b":1}', '{"text":"cut: {\\"secret\\":\\"[hidden]\\"","b":1}'],
  ])('hides the rest of a text that ends before its secret does: %s', (line, shown) => {
    expect(redact(line)).toBe(shown);
  });

  it.each([
    ['secrets in secrets that never end', '{"secret":'],
    ['trees that never end', '"secret":{"a":[1,'],
    ['texts that never end', '"secret":"\\'],
    ['names with escapes', 'secret\\\\\\"'],
    ['names of nothing', '"secret":null,"secret":"",'],
    ['backslashes', '\\'],
  ])('passes over a long line a bounded number of times: %s', (_, part) => {
    const line = `"secret":"x"${part.repeat(500)}`;
    let passed = 0;
    const exec = Object.getOwnPropertyDescriptor(RegExp.prototype, 'exec')?.value as RegExp['exec'];
    jest.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text: string) {
      const from = this.lastIndex;
      const found = exec.call(this, text);
      passed += (found === null ? text.length : this.lastIndex) - from + 1;
      return found;
    });
    redact(line);
    jest.restoreAllMocks();
    expect(passed).toBeGreaterThan(line.length);
    expect(passed).toBeLessThan(30 * line.length);
  });
});
