import { randomUUID } from 'node:crypto';
import { textOf, type GraphBody } from '../../store/graph-body.js';
import type { TenantStore } from '../../store/tenant-store.js';
import type { CollectionSpec } from '../collections.js';

/** Endings of the ids in `deviceEnrollmentConfigurations`, by type. */
const ENROLLMENT_ENDINGS: Record<string, string> = {
  deviceComanagementAuthorityConfiguration: 'CoManagementAuthority',
  deviceEnrollmentLimitConfiguration: 'Limit',
  deviceEnrollmentNotificationConfiguration: 'EnrollmentNotificationsConfiguration',
  deviceEnrollmentPlatformRestrictionConfiguration: 'SinglePlatformRestriction',
  deviceEnrollmentPlatformRestrictionsConfiguration: 'PlatformRestrictions',
  deviceEnrollmentWindowsHelloForBusinessConfiguration: 'WindowsHelloForBusiness',
  windows10EnrollmentCompletionPageConfiguration: 'Windows10EnrollmentCompletionPageConfiguration',
  windowsRestoreDeviceEnrollmentConfiguration: 'WindowsRestore',
};

/** The id that the service gives to a new object of that collection. */
export function newId(tenant: TenantStore, spec: CollectionSpec, body: GraphBody): string {
  switch (spec.writes?.ids) {
    case 'T_guid':
      return `T_${randomUUID()}`;
    case 'A_guid':
      return `A_${randomUUID()}`;
    case 'integer': {
      const taken = tenant.list(spec.key).map(({ id }) => Number(id));
      return String(Math.max(0, ...taken.filter(Number.isInteger)) + 1);
    }
    case 'given':
      return textOf(body, 'id') ?? randomUUID();
    case 'enrollment': {
      const type = (textOf(body, '@odata.type') ?? '').replace('#microsoft.graph.', '');
      return `${randomUUID()}_${ENROLLMENT_ENDINGS[type] ?? type}`;
    }
    case 'guid':
    case undefined:
      return randomUUID();
  }
}
