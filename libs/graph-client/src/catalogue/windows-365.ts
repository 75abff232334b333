import { ASSIGNMENTS_ON_LIST, defineType, graphTypes, listOf } from './define-type.js';
import { CLOUD_PC_PERMISSIONS } from './permissions.js';
import type { GraphCollection, PolicyType } from './policy-type.js';

const CATEGORY = 'Windows 365';

function cloudPc(path: string): GraphCollection {
  return listOf(`deviceManagement/virtualEndpoint/${path}`, CLOUD_PC_PERMISSIONS, {
    ...ASSIGNMENTS_ON_LIST,
    licence: 'Windows 365',
  });
}

/** Image, network connection and service plan are the tenant's own. */
const CLOUD_PC_PROVISIONING_POLICY = defineType({
  key: 'cloudPcProvisioningPolicy',
  label: 'Windows 365 provisioning policy',
  category: CATEGORY,
  collection: cloudPc('provisioningPolicies'),
  scopeTagField: 'scopeIds',
  odataTypes: graphTypes('cloudPcProvisioningPolicy'),
  volatile: ['createdBy', 'lastModifiedBy', 'imageDisplayName'],
  readOnly: ['alternateResourceUrl', 'cloudPcGroupDisplayName', 'gracePeriodInHours'],
});

const CLOUD_PC_USER_SETTING = defineType({
  key: 'cloudPcUserSetting',
  label: 'Windows 365 user setting',
  category: CATEGORY,
  collection: cloudPc('userSettings'),
  scopeTagField: null,
  odataTypes: graphTypes('cloudPcUserSetting'),
});

export const WINDOWS_365_TYPES: readonly PolicyType[] = [CLOUD_PC_PROVISIONING_POLICY, CLOUD_PC_USER_SETTING];
