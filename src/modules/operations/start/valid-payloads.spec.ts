import { describe, expect, it } from '@jest/globals';
import { IsArray, IsString, ValidateBy } from 'class-validator';
import { defineRunType, type Lent } from '#libs/run-kit/src/run-type.js';
import { runIdentityHash } from '../identity/run-identity.js';
import { InvalidPayload } from '../operations.errors.js';
import { ValidPayloads } from './valid-payloads.js';

let asked = 0;

class SetPayload {
  @IsString()
  name!: string;

  @IsArray()
  @ValidateBy({ name: 'counted', validator: { validate: () => (asked += 1) > 0 } })
  ids!: string[];
}

const COMMON = {
  payload: SetPayload,
  label: { noun: 'Probe', doing: 'Probing', done: 'Probed', failed: 'Probing failed' },
  access: 'inventory:sync',
  queue: 'probe',
  identity: ({ ids }: Lent<SetPayload>) => ids,
  onLeaseLost: 'fail',
  maxAttempts: 1,
  timeoutMs: 1,
  limitPerTenant: 1,
} as const;
const ProbeRun = defineRunType({ ...COMMON, kind: 'probe.one' });
const OtherRun = defineRunType({ ...COMMON, kind: 'probe.other' });

/** How often the rules were asked meanwhile. */
function countRules(work: () => void): number {
  const before = asked;
  work();
  return asked - before;
}

describe('ValidPayloads', () => {
  it('answers the payload as JSON and as its class', () => {
    const { plain, parsed } = new ValidPayloads().read(ProbeRun, { name: 'a', ids: ['1'] });
    expect(plain).toEqual({ name: 'a', ids: ['1'] });
    expect(parsed).toBeInstanceOf(SetPayload);
    expect(parsed).toEqual({ name: 'a', ids: ['1'] });
  });

  it('asks the rules once for what comes again, and anew for another payload or type', () => {
    const payloads = new ValidPayloads();
    expect(countRules(() => payloads.read(ProbeRun, { name: 'a', ids: [] }))).toBe(1);
    expect(countRules(() => payloads.read(ProbeRun, { name: 'a', ids: [] }))).toBe(0);
    expect(countRules(() => payloads.read(ProbeRun, { name: 'b', ids: [] }))).toBe(1);
    expect(countRules(() => payloads.read(OtherRun, { name: 'a', ids: [] }))).toBe(1);
  });

  it('refuses what is not valid each time, with its fields', () => {
    const payloads = new ValidPayloads();
    const wrong = { name: 7, ids: [] } as unknown as SetPayload;
    for (let time = 0; time < 2; time += 1) expect(() => payloads.read(ProbeRun, wrong)).toThrow(InvalidPayload);
    expect(() => payloads.read(ProbeRun, { ...wrong, name: 'a', more: 1 } as unknown as SetPayload)).toThrow(
      InvalidPayload,
    );
  });

  it('gives nobody what somebody else could have changed', () => {
    const payloads = new ValidPayloads();
    const first = payloads.read(ProbeRun, { name: 'a', ids: ['2', '1'] });
    const lent: unknown[] = first.parsed.ids as never;
    expect(() => lent.sort()).toThrow(TypeError);
    expect(() => Object.assign(first.plain, { name: 'changed' })).toThrow(TypeError);
    expect(payloads.read(ProbeRun, { name: 'a', ids: ['2', '1'] })).toEqual({
      plain: { name: 'a', ids: ['2', '1'] },
      parsed: first.parsed,
      identity: runIdentityHash(ProbeRun.kind, ['2', '1']),
    });
  });

  it('tells equal runs from others by what their type says', () => {
    const payloads = new ValidPayloads();
    const { identity } = payloads.read(ProbeRun, { name: 'a', ids: ['1'] });
    expect(payloads.read(ProbeRun, { name: 'b', ids: ['1'] }).identity).toBe(identity);
    expect(payloads.read(ProbeRun, { name: 'a', ids: ['2'] }).identity).not.toBe(identity);
    expect(payloads.read(OtherRun, { name: 'a', ids: ['1'] }).identity).not.toBe(identity);
  });

  it('does not keep what is long', () => {
    const payloads = new ValidPayloads();
    const long = { name: 'x'.repeat(2_000), ids: [] };
    expect(countRules(() => payloads.read(ProbeRun, long))).toBe(1);
    expect(countRules(() => payloads.read(ProbeRun, long))).toBe(1);
  });
});
