import { describe, expect, it } from '@jest/globals';
import { classify, expandedNames, odataTypeOf, platformOf } from './policy-facts.js';
import type { PolicyType } from './policy-type.js';
import { POLICY_TYPES, policyType, typesIn } from './policy-types.js';

const typed = (key: string): PolicyType => {
  const type = policyType(key);
  if (!type) throw new Error(`no policy type ${key}`);
  return type;
};
const collections = [...new Set(POLICY_TYPES.map(({ collection }) => collection))];

describe('Policy type catalogue', () => {
  it('declares each key once', () => {
    expect(new Set(POLICY_TYPES.map(({ key }) => key)).size).toBe(POLICY_TYPES.length);
    expect(policyType('unknown')).toBeUndefined();
    expect(policyType('toString')).toBeUndefined();
  });

  it.each(POLICY_TYPES.map((type) => [type.key, type] as const))('%s is consistent', (_key, type) => {
    const shown = [type.nameField, 'description', type.scopeTagField];
    for (const field of [...type.volatileFields, ...type.readOnlyFields]) expect(shown).not.toContain(field);
    if (type.impliedOdataType !== undefined) expect(type.odataTypes).toContain(type.impliedOdataType);
    if (type.odataTypes !== 'from list')
      expect(type.odataTypes).toEqual(expect.arrayContaining([...(type.is?.odataTypes ?? [])]));
  });

  it.each(collections.map((collection) => [collection.key, collection] as const))('%s is consistent', (key, one) => {
    expect(collections.filter((other) => other.key === key)).toEqual([one]);
    expect(one.path).toMatch(/^\/(beta|v1\.0)(\/\w+)+$/);
    expect(one.permissions.read.length).toBeGreaterThan(0);
    for (const { name } of one.children) expect(one.lacks).toContain(name);
    for (const name of expandedNames(one)) expect(one.lacks).toContain(name);
    expect(expandedNames(one).has('assignments')).toBe(one.assignments === 'expanded');
    expect(one.lacks.includes('assignments')).toBe(
      one.assignments === 'expanded' || one.assignments === 'own-collection',
    );
    const sharing = typesIn(one);
    expect(sharing.filter(({ is }) => is === undefined)).toHaveLength(1);
    const taken = sharing.flatMap(({ is }) => [...(is?.odataTypes ?? []), ...(is?.templateFamilies ?? [])]);
    expect(new Set(taken).size).toBe(taken.length);
  });

  it('knows the type of objects that do not say it', () => {
    expect(odataTypeOf(typed('iosManagedAppProtection'), { id: 'T_1' })).toBe(
      '#microsoft.graph.iosManagedAppProtection',
    );
    expect(odataTypeOf(typed('deviceConfiguration'), { '@odata.type': '#microsoft.graph.x' })).toBe(
      '#microsoft.graph.x',
    );
    expect(odataTypeOf(typed('deviceConfiguration'), {})).toBeNull();
  });

  it('tells the types of one collection apart', () => {
    const rest = { ...typed('deviceConfiguration') };
    const ring = { ...rest, key: 'ring', is: { odataTypes: ['#microsoft.graph.ring'] } };
    const firewall = { ...rest, key: 'firewall', is: { templateFamilies: ['endpointSecurityFirewall'] } };
    const of = (object: object): string | undefined => classify([ring, rest, firewall], { ...object })?.key;
    expect(of({ '@odata.type': '#microsoft.graph.ring' })).toBe('ring');
    expect(of({ '@odata.type': '#microsoft.graph.other' })).toBe(rest.key);
    expect(of({ templateReference: { templateFamily: 'endpointSecurityFirewall' } })).toBe('firewall');
    expect(of({ templateReference: { templateFamily: 'none' } })).toBe(rest.key);
    expect(of({ templateReference: null })).toBe(rest.key);
    expect(classify([ring], {})).toBeUndefined();
  });

  it.each([
    ['settingsCatalog', { platforms: 'windows10' }, 'windows'],
    ['settingsCatalog', { platforms: 'iOS,macOS' }, 'iOS,macOS'],
    ['settingsCatalog', { platforms: 'android,androidEnterprise' }, 'android'],
    ['settingsCatalog', { platforms: 'none' }, null],
    ['settingsCatalog', {}, null],
    ['deviceConfiguration', { '@odata.type': '#microsoft.graph.windowsUpdateForBusinessConfiguration' }, 'windows'],
    ['deviceConfiguration', { '@odata.type': '#microsoft.graph.macOSGeneralDeviceConfiguration' }, 'macOS'],
    ['deviceConfiguration', { '@odata.type': '#microsoft.graph.iosUpdateConfiguration' }, 'iOS'],
    ['deviceConfiguration', { '@odata.type': '#microsoft.graph.aospDeviceOwnerWiFiConfiguration' }, 'android'],
    ['deviceConfiguration', { '@odata.type': '#microsoft.graph.sharedPCConfiguration' }, 'windows'],
    ['deviceConfiguration', { '@odata.type': '#microsoft.graph.unsupportedDeviceConfiguration' }, null],
    ['deviceCompliancePolicy', { '@odata.type': '#microsoft.graph.windows10CompliancePolicy' }, 'windows'],
    ['windowsDriverUpdateProfile', {}, 'windows'],
    ['iosManagedAppProtection', {}, 'iOS'],
    ['androidManagedAppProtection', {}, 'android'],
  ])('the platform of %s %j is %s', (key, object, platform) => {
    expect(platformOf(typed(key), object)).toBe(platform);
  });
});
