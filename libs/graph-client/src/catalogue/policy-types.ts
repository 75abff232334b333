import { ADMINISTRATIVE_TEMPLATE_TYPES } from './administrative-templates.js';
import { APP_CONFIGURATION_TYPES } from './app-configuration.js';
import { APP_PROTECTION_TYPES } from './app-protection.js';
import { APP_TYPES } from './apps.js';
import { COMPLIANCE_TYPES } from './compliance.js';
import { CONDITIONAL_ACCESS_TYPES } from './conditional-access.js';
import { APPLE_UPDATE_TYPES, DEVICE_CONFIGURATION_TYPES } from './device-configuration.js';
import { DEVICE_ONBOARDING_TYPES } from './device-onboarding.js';
import { ENDPOINT_SECURITY_TYPES } from './endpoint-security.js';
import { ENROLLMENT_TYPES } from './enrollment.js';
import type { GraphCollection, PolicyType } from './policy-type.js';
import { SCRIPT_TYPES } from './scripts.js';
import { TENANT_ADMINISTRATION_TYPES } from './tenant-administration.js';
import { WINDOWS_365_TYPES } from './windows-365.js';
import { WINDOWS_UPDATE_TYPES } from './windows-update.js';

/** Every type that the product reads, each declared once, by category in the order in which people see them. */
export const POLICY_TYPES: readonly PolicyType[] = [
  ...DEVICE_CONFIGURATION_TYPES,
  ...ADMINISTRATIVE_TEMPLATE_TYPES,
  ...ENDPOINT_SECURITY_TYPES,
  ...COMPLIANCE_TYPES,
  ...SCRIPT_TYPES,
  ...WINDOWS_UPDATE_TYPES,
  ...APPLE_UPDATE_TYPES,
  ...APP_TYPES,
  ...APP_CONFIGURATION_TYPES,
  ...APP_PROTECTION_TYPES,
  ...ENROLLMENT_TYPES,
  ...DEVICE_ONBOARDING_TYPES,
  ...CONDITIONAL_ACCESS_TYPES,
  ...WINDOWS_365_TYPES,
  ...TENANT_ADMINISTRATION_TYPES,
];

/** The type of that key; undefined for a key that this version does not know. */
export function policyType(key: string): PolicyType | undefined {
  return POLICY_TYPES.find((type) => type.key === key);
}

/** All types whose objects stand in a collection, in the catalogue's order. */
export function typesIn(collection: GraphCollection): PolicyType[] {
  return POLICY_TYPES.filter((type) => type.collection.key === collection.key);
}
