import { describe, expect, it } from '@jest/globals';
import { odataTypeOf, platformOf } from './policy-facts.js';
import { POLICY_TYPE_KEYS, type PolicyType } from './policy-type.js';
import { POLICY_TYPES, policyType } from './policy-types.js';

const typed = (key: string): PolicyType => {
  const type = policyType(key);
  if (!type) throw new Error(`no policy type ${key}`);
  return type;
};

describe('Policy type catalogue', () => {
  it('declares each key once', () => {
    expect(POLICY_TYPES.map(({ key }) => key)).toEqual([...POLICY_TYPE_KEYS]);
    expect(policyType('unknown')).toBeUndefined();
    expect(policyType('toString')).toBeUndefined();
  });

  it.each(POLICY_TYPES.map((type) => [type.key, type] as const))('%s is consistent', (_key, type) => {
    expect(type.path).toMatch(/^\/beta\/(deviceManagement|deviceAppManagement)\/\w+$/);
    expect(type.listLacks.includes('settings')).toBe(type.settings === 'own-collection');
    expect(type.listLacks).toContain('assignments');
    expect(type.expand?.includes('assignments') ?? false).toBe(type.assignments === 'expanded-on-list');
    expect(type.readOnlyFields).toContain('id');
    expect(type.volatileFields).toContain('lastModifiedDateTime');
    expect(type.odataTypes === 'from list' || type.impliedOdataType !== undefined).toBe(true);
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
