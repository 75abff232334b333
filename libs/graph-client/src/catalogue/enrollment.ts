import { ASSIGNMENTS_APART, ASSIGNMENTS_ON_LIST, defineType, graphTypes, listOf, type Row } from './define-type.js';
import { CONFIGURATION_OR_DEVICES_PERMISSIONS, SERVICE_CONFIG_PERMISSIONS } from './permissions.js';
import type { PolicyType } from './policy-type.js';

const CATEGORY = 'Enrollment';

/**
 * One collection of all that is set for enrollment, told apart by `@odata.type`: `$filter` on ids does not work
 * (IntuneManagement L294-349). Ids are no GUIDs: `{guid}_{suffix}`, and `{account}_Default…` for the tenant's default of
 * each kind, which has priority 0, always exists, and can only be changed.
 */
const DEVICE_ENROLLMENT_CONFIGURATIONS = listOf(
  'deviceManagement/deviceEnrollmentConfigurations',
  SERVICE_CONFIG_PERMISSIONS,
  ASSIGNMENTS_ON_LIST,
);

/** Priority is content, but has an action of its own. */
function enrollmentConfiguration(row: Omit<Row, 'category' | 'collection'>): PolicyType {
  return defineType({
    ...row,
    category: CATEGORY,
    collection: DEVICE_ENROLLMENT_CONFIGURATIONS,
    volatile: ['version'],
    readOnly: ['priority', 'deviceEnrollmentConfigurationType'],
  });
}

/** A kind of enrollment configuration that is of exactly one type. */
function oneEnrollmentType(
  key: string,
  label: string,
  odataType: string,
  more: Partial<Pick<Row, 'restore' | 'references'>> = {},
): PolicyType {
  const odataTypes = graphTypes(odataType);
  return enrollmentConfiguration({ key, label, odataTypes, is: { odataTypes }, ...more });
}

const TERMS_AND_CONDITIONS = defineType({
  key: 'termsAndConditions',
  label: 'Terms and conditions',
  category: CATEGORY,
  collection: listOf('deviceManagement/termsAndConditions', SERVICE_CONFIG_PERMISSIONS, ASSIGNMENTS_APART),
  odataTypes: graphTypes('termsAndConditions'),
  // A higher version asks every user to accept again, so it is content.
  volatile: ['modifiedDateTime', 'acceptanceStatuses', 'groupAssignments'],
});

/** Filters and dynamic groups refer to a category by its name. */
const DEVICE_CATEGORY = defineType({
  key: 'deviceCategory',
  label: 'Device category',
  category: CATEGORY,
  kind: 'foundation',
  collection: listOf('deviceManagement/deviceCategories', CONFIGURATION_OR_DEVICES_PERMISSIONS),
  odataTypes: graphTypes('deviceCategory'),
});

export const ENROLLMENT_TYPES: readonly PolicyType[] = [
  // Takes what no other type of the collection claims.
  enrollmentConfiguration({
    key: 'enrollmentRestriction',
    label: 'Enrollment restriction',
    odataTypes: graphTypes(
      'deviceEnrollmentPlatformRestrictionConfiguration',
      'deviceEnrollmentPlatformRestrictionsConfiguration',
      'deviceEnrollmentLimitConfiguration',
    ),
  }),
  oneEnrollmentType(
    'enrollmentStatusPage',
    'Enrollment status page',
    'windows10EnrollmentCompletionPageConfiguration',
    {
      references: [{ path: 'selectedMobileAppIds[]', to: 'mobileApp' }],
    },
  ),
  oneEnrollmentType(
    'windowsHelloForBusinessEnrollment',
    'Windows Hello for Business (tenant-wide)',
    'deviceEnrollmentWindowsHelloForBusinessConfiguration',
    { restore: 'update-only' },
  ),
  oneEnrollmentType('coManagementAuthority', 'Co-management settings', 'deviceComanagementAuthorityConfiguration'),
  // `notificationTemplates` holds the same templates once more, behind a word (`email_…`, `push_…`).
  oneEnrollmentType('enrollmentNotification', 'Enrollment notification', 'deviceEnrollmentNotificationConfiguration', {
    references: [{ path: 'notificationMessageTemplateId', to: 'notificationMessageTemplate' }],
  }),
  oneEnrollmentType('windowsRestore', 'Windows backup and restore', 'windowsRestoreDeviceEnrollmentConfiguration', {
    restore: 'update-only',
  }),
  TERMS_AND_CONDITIONS,
  DEVICE_CATEGORY,
];
