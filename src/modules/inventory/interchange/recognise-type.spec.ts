import { describe, expect, it } from '@jest/globals';
import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import { folderOf } from '#libs/policy-folders/src/folder-names.js';
import type { JsonObject } from '../policy/json.js';
import { FileFault } from './policy-file.js';
import { recogniseType } from './recognise-type.js';

const GRAPH = 'https://graph.microsoft.com/beta/$metadata#';

function keyOf(object: JsonObject, folder = '', context?: string): string {
  try {
    const folders = folder === '' ? [] : folder.split('/');
    return recogniseType({ object, context: context && GRAPH + context, folders }).key;
  } catch (error) {
    if (error instanceof FileFault) return error.code;
    throw error;
  }
}

/** One of the many types of collections whose objects always say theirs. */
const POLYMORPHIC: Readonly<Record<string, string>> = {
  deviceCompliancePolicy: '#microsoft.graph.windows10CompliancePolicy',
  deviceConfiguration: '#microsoft.graph.windows10GeneralConfiguration',
};

const type = (name: string): JsonObject => ({ '@odata.type': `#microsoft.graph.${name}` });
const context = (path: string): JsonObject => ({ '@odata.context': GRAPH + path });

describe('the type of an exported object', () => {
  it.each([
    ['deviceManagementConfigurationPolicy', 'settingsCatalog'],
    ['windowsDriverUpdateProfile', 'windowsDriverUpdateProfile'],
    ['iosManagedAppProtection', 'iosManagedAppProtection'],
    ['windows10CompliancePolicy', 'deviceCompliancePolicy'],
    ['aospDeviceOwnerCompliancePolicy', 'deviceCompliancePolicy'],
    ['windows10GeneralConfiguration', 'deviceConfiguration'],
    ['macOSGeneralDeviceConfiguration', 'deviceConfiguration'],
    ['androidWorkProfileWiFiConfiguration', 'deviceConfiguration'],
  ])('is known from its name alone: %s', (name, key) => {
    expect(keyOf(type(name))).toBe(key);
  });

  it.each([
    ['deviceManagement/configurationPolicies(assignments(),settings())/$entity', 'settingsCatalog'],
    ['deviceManagement/configurationPolicies/$entity', 'settingsCatalog'],
    ['deviceManagement/deviceConfigurations(assignments())/$entity', 'deviceConfiguration'],
    ['deviceManagement/deviceConfigurations/microsoft.graph.iosCustomConfiguration/$entity', 'deviceConfiguration'],
    ['deviceAppManagement/androidManagedAppProtections(assignments(),apps())/$entity', 'androidManagedAppProtection'],
    ["deviceManagement/configurationPolicies('7a')/settings", 'file.unknown_type'],
    ['groups/$entity', 'file.unknown_type'],
  ])('is known from the context %s', (path, key) => {
    expect(keyOf(context(path))).toBe(key);
    expect(keyOf({}, '', path)).toBe(key);
  });

  it.each([
    ['SettingsCatalog', 'settingsCatalog'],
    ['Tenant A/settingscatalog', 'settingsCatalog'],
    ['Settings Catalog', 'settingsCatalog'],
    ['CompliancePolicies', 'deviceCompliancePolicy'],
    ['backup/Driver Updates', 'windowsDriverUpdateProfile'],
    ['deviceManagement/configurationPolicies', 'settingsCatalog'],
    ['Compliance Policies/Policies', 'compliancePolicyV2'],
    ['App Protection', 'file.unknown_type'],
    ['elsewhere', 'file.unknown_type'],
  ])('is known from the folder %s', (folder, key) => {
    expect(keyOf({ displayName: 'x' }, folder)).toBe(key);
  });

  it.each([
    [['settings', 'technologies', 'templateReference'], 'settingsCatalog'],
    [['definitionValues'], 'groupPolicyConfiguration'],
    [['settings', 'templateId', 'isMigratingToConfigurationPolicy'], 'intent'],
    [['conditions', 'grantControls'], 'conditionalAccessPolicy'],
    [['settings', 'scheduledActionsForRule'], 'compliancePolicyV2'],
    [['detectionScriptContent', 'remediationScriptContent'], 'deviceHealthScript'],
    [['detectionScriptContent'], 'deviceComplianceScript'],
    [['scriptContent', 'customAttributeName'], 'deviceCustomAttributeShellScript'],
    [['scriptContent', 'retryCount'], 'deviceShellScript'],
    [['scriptContent', 'enforceSignatureCheck'], 'deviceManagementScript'],
    [['rule', 'assignmentFilterManagementType'], 'assignmentFilter'],
    [['localizedNotificationMessages', 'defaultLocale'], 'notificationMessageTemplate'],
    [['approvalType', 'deploymentDeferralInDays'], 'windowsDriverUpdateProfile'],
    [['bodyText', 'acceptanceStatement'], 'termsAndConditions'],
    [['displayName', 'description'], 'file.unknown_type'],
  ])('is known from what it holds: %j', (names, key) => {
    expect(keyOf(Object.fromEntries(names.map((name) => [name, 'x'])))).toBe(key);
  });

  it.each(POLICY_TYPES.map((policyType) => [policyType.key, policyType] as const))(
    'is known of every type, in the folder of every tool: %s',
    (key, { is, odataTypes, collection }) => {
      const name = is?.odataTypes?.[0] ?? (odataTypes === 'from list' ? POLYMORPHIC[key] : odataTypes[0]);
      const family = is?.templateFamilies?.[0];
      const object = {
        ...(name === undefined ? {} : { '@odata.type': name }),
        ...(family === undefined ? {} : { templateReference: { templateFamily: family } }),
        ...(is?.where ? { [is.where.field]: is.where.equals } : {}),
      };
      const path = collection.path.replace(/^\/\w+\//, '');
      expect(keyOf(object, '', `${path}/$entity`)).toBe(key);
      expect(keyOf(object, path)).toBe(key);
      for (const layout of ['intuneManagement', 'intuneCd'] as const) {
        const folder = folderOf(layout, key);
        if (folder !== undefined) expect([layout, keyOf(object, `tenant/${folder}`)]).toEqual([layout, key]);
      }
    },
  );

  it('is what the object says, and not what its surroundings say', () => {
    expect(keyOf(type('windows10CompliancePolicy'), 'SettingsCatalog')).toBe('deviceCompliancePolicy');
    expect(keyOf({ ...type('iosManagedAppProtection'), ...context('groups/$entity') })).toBe('iosManagedAppProtection');
    expect(keyOf(context('groups/$entity'), 'SettingsCatalog')).toBe('file.unknown_type');
    expect(keyOf(type('group'), 'SettingsCatalog')).toBe('file.unknown_type');
  });
});
