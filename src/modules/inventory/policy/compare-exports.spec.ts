import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import { type NormalisedPolicy, normalisePolicy } from './canonical-policy.js';
import { comparePolicies } from './compare-policies.js';
import type { JsonObject } from './json.js';
import { normalisedName } from './normalised-name.js';

const EXPORTS = path.resolve(import.meta.dirname, '../../../../../shared/data/openintunebaseline');
const TYPES: Record<string, string> = {
  SettingsCatalog: 'settingsCatalog',
  CompliancePolicies: 'deviceCompliancePolicy',
  DeviceConfiguration: 'deviceConfiguration',
  UpdatePolicies: 'deviceConfiguration',
  DriverUpdateProfiles: 'windowsDriverUpdateProfile',
};

interface ExpectedDrift {
  added: string[];
  removed: string[];
  changed: string[];
  name_or_description_only: string[];
  detail: Record<string, Record<'settings_added' | 'settings_removed' | 'settings_changed', string[]>>;
}

function decoded(file: string): JsonObject {
  const bytes = readFileSync(file);
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return JSON.parse(bytes.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\u{feff}/u, '')) as JsonObject;
}

/** The exports of one folder by `<folder>|<name without version>`, the key that the expected drift was computed by. */
function policiesOf(revision: string): Map<string, NormalisedPolicy> {
  const found = new Map<string, NormalisedPolicy>();
  for (const [folder, key] of Object.entries(TYPES)) {
    const type = policyType(key);
    if (!type) throw new Error(`No type ${key}.`);
    for (const file of readdirSync(path.join(EXPORTS, revision, folder))) {
      const object = decoded(path.join(EXPORTS, revision, folder, file));
      const policy = normalisePolicy(type, {
        externalId: String(object['id']),
        object,
        assignments: (object['assignments'] ?? []) as unknown[],
      });
      found.set(`${folder}|${normalisedName(policy.content.name)}`, policy);
    }
  }
  return found;
}

const present = existsSync(EXPORTS);
const suite = present ? describe : describe.skip;

suite(`real exports${present ? '' : ' (skipped: there is no ../shared/data)'}`, () => {
  const read = present;
  const before = read ? policiesOf('windows-v3.6') : new Map<string, NormalisedPolicy>();
  const after = read ? policiesOf('windows-2026-03') : new Map<string, NormalisedPolicy>();
  const expected = (
    read ? JSON.parse(readFileSync(path.join(EXPORTS, 'expected-drift.json'), 'utf8')) : {}
  ) as ExpectedDrift;
  const missingIn = (one: Map<string, unknown>, other: Map<string, unknown>): string[] =>
    [...one.keys()].filter((key) => !other.has(key)).sort();
  const both = [...before].flatMap(([key, old]) => {
    const now = after.get(key);
    return now ? [{ key, old, now }] : [];
  });

  it('are matched by name without version', () => {
    expect(missingIn(after, before)).toEqual([...expected.added].sort());
    expect(missingIn(before, after)).toEqual([...expected.removed].sort());
  });

  it('differ in their body exactly where expected', () => {
    const changed = both.filter(({ old, now }) => old.hashes.bodyHash !== now.hashes.bodyHash);
    expect(changed.map(({ key }) => key).sort()).toEqual([...expected.changed].sort());
  });

  it('differ in the settings that were expected, and in no other property', () => {
    const detail = Object.fromEntries(
      both
        .filter(({ old, now }) => old.hashes.bodyHash !== now.hashes.bodyHash)
        .map(({ key, old, now }) => {
          const changes = comparePolicies(old.content, now.content);
          const of = (kind: string): string[] =>
            changes
              .filter(({ section, change }) => section === 'settings' && change === kind)
              .map((change) => change.settingDefinitionId ?? '');
          expect(changes.filter(({ section }) => section === 'properties' || section === 'assignments')).toEqual([]);
          return [
            key,
            { settings_added: of('added'), settings_removed: of('removed'), settings_changed: of('changed') },
          ];
        }),
    );
    const wanted = Object.fromEntries(
      Object.entries(expected.detail).map(([key, { settings_added, settings_removed, settings_changed }]) => [
        key,
        { settings_added, settings_removed, settings_changed },
      ]),
    );
    expect(detail).toEqual(wanted);
    const all = Object.values(detail);
    expect([
      all.flatMap((one) => one.settings_added).length,
      all.flatMap((one) => one.settings_removed).length,
      all.flatMap((one) => one.settings_changed).length,
    ]).toEqual([7, 9, 9]);
  });

  it('hold nothing that must be masked', () => {
    expect([...before.values(), ...after.values()].filter(({ secretsMasked }) => secretsMasked > 0)).toEqual([]);
  });
});
