import { ASSIGNMENTS_APART, ASSIGNMENTS_ON_LIST, defineType, graphTypes, listOf } from './define-type.js';
import {
  APPS_PERMISSIONS,
  CONFIGURATION_PERMISSIONS,
  CONFIGURATION_OR_DEVICES_PERMISSIONS,
  RBAC_PERMISSIONS,
  SERVICE_CONFIG_PERMISSIONS,
} from './permissions.js';
import type { ChildCollection, PolicyType } from './policy-type.js';

const CATEGORY = 'Tenant administration';

/** `payloads` says which objects use the filter. */
const ASSIGNMENT_FILTER = defineType({
  key: 'assignmentFilter',
  label: 'Assignment filter',
  category: CATEGORY,
  kind: 'foundation',
  collection: listOf('deviceManagement/assignmentFilters', CONFIGURATION_PERMISSIONS),
  scopeTagField: 'roleScopeTags',
  odataTypes: graphTypes('deviceAndAppManagementAssignmentFilter'),
  volatile: ['payloads'],
});

/**
 * Ids are small integers of the tenant, `0` is the built-in Default that nearly every object carries: it is read, too, so
 * that it has a name. `$expand=assignments` answers an empty list (TenuVault registry.ts).
 */
const ROLE_SCOPE_TAG = defineType({
  key: 'roleScopeTag',
  label: 'Scope tag',
  category: CATEGORY,
  kind: 'foundation',
  collection: listOf('deviceManagement/roleScopeTags', RBAC_PERMISSIONS, ASSIGNMENTS_APART),
  scopeTagField: null,
  odataTypes: graphTypes('roleScopeTag'),
  readOnly: ['isBuiltIn'],
});

/**
 * Expanded role assignments come without members and scopes (TenuVault registry.ts); the list of all assignments has them
 * (microsoft-graph-docs#22056), but does not say whose they are. So both lists are read. Some tenants have answered the
 * path below a definition with 400 `No method match route template`, where `$expand` worked (microsoft-graph-docs#4110).
 * Built-in roles are read, too: most tenants assign those. `permissions` repeats `rolePermissions`.
 */
const ROLE_DEFINITION = defineType({
  key: 'roleDefinition',
  label: 'Intune role and its assignments',
  category: CATEGORY,
  kind: 'foundation',
  collection: listOf('deviceManagement/roleDefinitions', RBAC_PERMISSIONS, {
    listQuery: { $expand: 'roleAssignments' },
    children: [
      {
        name: 'roleAssignments',
        path: 'roleAssignments',
        onList: true,
        each: {
          name: null,
          path: '/beta/deviceManagement/roleAssignments/{id}',
          list: { path: '/beta/deviceManagement/roleAssignments', tells: ['members', 'resourceScopes'] },
        },
      },
    ],
    lacks: ['roleAssignments'],
  }),
  odataTypes: graphTypes('deviceAndAppManagementRoleDefinition', 'roleDefinition'),
  volatile: ['permissions'],
  readOnly: ['isBuiltIn', 'isBuiltInRoleDefinition', 'roleAssignments'],
  references: [
    { path: 'roleAssignments[].members[]', to: 'group' },
    { path: 'roleAssignments[].scopeMembers[]', to: 'group' },
    { path: 'roleAssignments[].resourceScopes[]', to: 'group' },
    { path: 'roleAssignments[].roleScopeTagIds[]', to: 'roleScopeTag' },
  ],
});

const NOTIFICATION_MESSAGE_TEMPLATE = defineType({
  key: 'notificationMessageTemplate',
  label: 'Compliance notification template',
  category: CATEGORY,
  kind: 'foundation',
  collection: listOf('deviceManagement/notificationMessageTemplates', SERVICE_CONFIG_PERMISSIONS, {
    listQuery: { $expand: 'localizedNotificationMessages' },
    children: [
      {
        name: 'localizedNotificationMessages',
        path: 'localizedNotificationMessages',
        onList: true,
        keyedBy: 'locale',
      },
    ],
    lacks: ['localizedNotificationMessages'],
  }),
  odataTypes: graphTypes('notificationMessageTemplate'),
  readOnly: ['defaultLocale', 'localizedNotificationMessages'],
});

/** Images are told only where `$select` names one, and one at a time (TenuVault registry.ts). */
const BRANDING_IMAGES = ['themeColorLogo', 'lightBackgroundLogo', 'landingPageCustomizedImage'].map(
  (name): ChildCollection => ({ name, path: '', query: { $select: name }, single: true }),
);

const INTUNE_BRANDING_PROFILE = defineType({
  key: 'intuneBrandingProfile',
  label: 'Company Portal branding',
  category: CATEGORY,
  collection: listOf('deviceManagement/intuneBrandingProfiles', APPS_PERMISSIONS, {
    ...ASSIGNMENTS_ON_LIST,
    children: BRANDING_IMAGES,
    lacks: [...BRANDING_IMAGES.map(({ name }) => name), 'assignments'],
  }),
  nameField: 'profileName',
  odataTypes: graphTypes('intuneBrandingProfile'),
  readOnly: ['isDefaultProfile'],
});

const MANAGED_DEVICE_CLEANUP_RULE = defineType({
  key: 'managedDeviceCleanupRule',
  label: 'Device clean-up rule',
  category: CATEGORY,
  collection: listOf('deviceManagement/managedDeviceCleanupRules', CONFIGURATION_OR_DEVICES_PERMISSIONS),
  scopeTagField: null,
  odataTypes: graphTypes('managedDeviceCleanupRule'),
});

/** While one is in force, writes of the types it protects wait for a second administrator (CIPP-API). */
const OPERATION_APPROVAL_POLICY = defineType({
  key: 'operationApprovalPolicy',
  label: 'Multi admin approval policy',
  category: CATEGORY,
  collection: listOf('deviceManagement/operationApprovalPolicies', RBAC_PERMISSIONS),
  scopeTagField: null,
  odataTypes: graphTypes('operationApprovalPolicy'),
  references: [{ path: 'approverGroupIds[]', to: 'group' }],
});

/** A complex value of `/deviceManagement`, which is written there by PATCH; it has no id and no name. */
const DEVICE_MANAGEMENT_SETTINGS = defineType({
  key: 'deviceManagementSettings',
  label: 'Tenant-wide Intune settings',
  category: CATEGORY,
  collection: listOf('deviceManagement/settings', CONFIGURATION_PERMISSIONS, {
    key: 'deviceManagementSettings',
    shape: 'singleton',
    pageSize: 1,
  }),
  nameField: null,
  scopeTagField: null,
  odataTypes: graphTypes('deviceManagementSettings'),
  restore: 'update-only',
});

export const TENANT_ADMINISTRATION_TYPES: readonly PolicyType[] = [
  ROLE_SCOPE_TAG,
  ASSIGNMENT_FILTER,
  ROLE_DEFINITION,
  NOTIFICATION_MESSAGE_TEMPLATE,
  INTUNE_BRANDING_PROFILE,
  MANAGED_DEVICE_CLEANUP_RULE,
  OPERATION_APPROVAL_POLICY,
  DEVICE_MANAGEMENT_SETTINGS,
];
