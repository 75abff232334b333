import { ASSIGNMENTS_APART, defineType, graphTypes, listOf } from './define-type.js';
import { CATALOG_POLICY } from './device-configuration.js';
import { CONFIGURATION_PERMISSIONS } from './permissions.js';
import type { PolicyType } from './policy-type.js';

const CATEGORY = 'Endpoint security';

/** Of `deviceManagementConfigurationTemplateFamily` what the portal shows below Endpoint security. */
const FAMILIES = [
  'endpointSecurityAntivirus',
  'endpointSecurityDiskEncryption',
  'endpointSecurityFirewall',
  'endpointSecurityEndpointDetectionAndResponse',
  'endpointSecurityAttackSurfaceReduction',
  'endpointSecurityAccountProtection',
  'endpointSecurityApplicationControl',
  'endpointSecurityEndpointPrivilegeManagement',
  'baseline',
];

const ENDPOINT_SECURITY_POLICY = defineType({
  ...CATALOG_POLICY,
  key: 'endpointSecurityPolicy',
  label: 'Endpoint security policy',
  category: CATEGORY,
  is: { templateFamilies: FAMILIES },
});

/**
 * Made by `createInstance` of its template, never by POST. Microsoft moves these to `configurationPolicies`, so that one
 * policy may stand in both for a while (IntuneCD#208).
 */
const INTENT = defineType({
  key: 'intent',
  label: 'Endpoint security profile or baseline (template based)',
  category: CATEGORY,
  collection: listOf('deviceManagement/intents', CONFIGURATION_PERMISSIONS, {
    ...ASSIGNMENTS_APART,
    children: [{ name: 'settings', path: 'settings', keyedBy: 'definitionId' }],
    lacks: ['settings', 'assignments'],
  }),
  odataTypes: graphTypes('deviceManagementIntent'),
  volatile: [
    'isAssigned',
    'isMigratingToConfigurationPolicy',
    'categories',
    'deviceStates',
    'userStates',
    'deviceStateSummary',
    'userStateSummary',
    'deviceSettingStateSummaries',
  ],
  readOnly: ['settings'],
  restore: 'template',
});

export const ENDPOINT_SECURITY_TYPES: readonly PolicyType[] = [ENDPOINT_SECURITY_POLICY, INTENT];
