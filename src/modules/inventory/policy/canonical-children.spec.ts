import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { normalisePolicy, type NormalisedPolicy } from './canonical-policy.js';
import { comparePolicies } from './compare-policies.js';
import type { JsonObject } from './json.js';

const typed = (key: string): PolicyType => {
  const type = policyType(key);
  if (!type) throw new Error(`No type ${key}.`);
  return type;
};
const normalise = (key: string, object: JsonObject, assignments: unknown[] = []): NormalisedPolicy =>
  normalisePolicy(typed(key), { externalId: '1', object, assignments });

const value = (n: number, text: string, run: string): JsonObject => ({
  id: `${run}-${n}`,
  enabled: true,
  createdDateTime: run,
  lastModifiedDateTime: run,
  definition: { id: `d${n}`, displayName: `Definition ${n}`, classType: 'machine' },
  presentationValues: [2, 1].map((at) => ({
    id: `${run}-${n}-${at}`,
    createdDateTime: run,
    value: `${text}${at}`,
    presentation: { id: `p${at}`, label: `Label ${at}` },
  })),
});
const admx = (definitionValues: JsonObject[]): NormalisedPolicy =>
  normalise('groupPolicyConfiguration', { displayName: 'ADMX', definitionValues });

describe('children of a policy', () => {
  it('are compared by what they say they are, not by their order or the ids of the day', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(numbers, (all) => {
        const one = admx(all.map((n) => value(n, 'a', 'first')));
        const two = admx(
          [...all].reverse().map((n) => {
            const read = value(n, 'a', 'second');
            return { ...read, presentationValues: (read['presentationValues'] as unknown[]).toReversed() };
          }),
        );
        expect(two.hashes).toEqual(one.hashes);
      }),
    );
  });

  it('show one changed value as one change, by definition and presentation', () => {
    const before = admx([value(1, 'a', 'x'), value(2, 'a', 'x')]);
    const changed = value(2, 'a', 'y');
    (changed['presentationValues'] as JsonObject[])[0] = { presentation: { id: 'p2', label: 'Label 2' }, value: 'new' };
    const changes = comparePolicies(before.content, admx([changed, value(1, 'a', 'y')]).content);
    expect(changes).toEqual([
      {
        path: 'definitionValues.d2.presentationValues.p2.value',
        before: 'a2',
        after: 'new',
        change: 'changed',
        section: 'properties',
      },
    ]);
    expect(comparePolicies(before.content, admx([value(1, 'a', 'z')]).content)).toMatchObject([
      { path: 'definitionValues.d2', change: 'removed' },
    ]);
  });

  it('are all kept, although several say the same', () => {
    const twice = admx([value(1, 'a', 'x'), value(1, 'b', 'x')]);
    expect(twice.content.properties['definitionValues']).toEqual({ d1: [expect.anything(), expect.anything()] });
    expect(twice.hashes).not.toEqual(admx([value(1, 'a', 'x')]).hashes);
    expect(twice.hashes).toEqual(admx([value(1, 'b', 'y'), value(1, 'a', 'y')]).hashes);
  });
});

describe('scripts', () => {
  const script = (text: string | Buffer, encode = (bytes: Buffer) => bytes.toString('base64')): NormalisedPolicy =>
    normalise('deviceManagementScript', {
      displayName: 'S',
      scriptContent: encode(Buffer.from(text)),
      fileName: 'a.ps1',
    });
  const contentOf = ({ content }: NormalisedPolicy): unknown => content.properties['scriptContent'];

  it('are shown as text, and stored as they came', () => {
    const { content, raw } = script("Write-Host 'déjà vu'\r\n");
    expect(content.properties['scriptContent']).toBe("Write-Host 'déjà vu'\r\n");
    expect(raw['scriptContent']).toBe(Buffer.from("Write-Host 'déjà vu'\r\n").toString('base64'));
  });

  it('are equal exactly when their bytes are', () => {
    const wrapped = (bytes: Buffer): string => bytes.toString('base64').replace(/.{4}/g, '$&\r\n');
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.uint8Array({ minLength: 1 }), (one, two) => {
        const [first, second] = [Buffer.from(one), Buffer.from(two)];
        expect(script(first, wrapped).hashes).toEqual(script(first).hashes);
        expect(contentOf(script(first)) === contentOf(script(second))).toBe(first.equals(second));
      }),
    );
  });

  it('with a byte order mark, in UTF-16 or without text differ from those without', () => {
    const plain = 'Get-Process';
    const kinds = [plain, `\u{feff}${plain}`, Buffer.from(plain, 'utf16le'), Buffer.from([0xff, 0xfe, 0x41, 0])];
    expect(new Set(kinds.map((kind) => contentOf(script(kind)))).size).toBe(kinds.length);
  });
});

describe('assignments', () => {
  it('keep what a type says beyond group, filter and intent', () => {
    const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: 'G1' };
    const schedule = (interval: number): JsonObject => ({
      id: `a${interval}`,
      target,
      runRemediationScript: true,
      runSchedule: { '@odata.type': '#microsoft.graph.deviceHealthScriptDailySchedule', interval },
    });
    const [one, two] = [1, 2].map((interval) =>
      normalise('deviceHealthScript', { displayName: 'R' }, [schedule(interval)]),
    );
    expect(one?.content.assignments).toMatchObject([
      { target: 'group', groupId: 'g1', details: { runRemediationScript: true, runSchedule: { interval: 1 } } },
    ]);
    expect(two?.hashes.assignmentsHash).not.toBe(one?.hashes.assignmentsHash);
    const plain = normalise('deviceHealthScript', { displayName: 'R' }, [{ id: 'x', source: 'direct', target }]);
    expect(plain.content.assignments).toEqual([{ target: 'group', groupId: 'g1' }]);
  });
});
