import type { SeedObject } from '../../src/store/seed-tenant.js';
import { ADMINISTRATION_SAMPLES } from './administration-samples.js';
import { APP_POLICY_SAMPLES } from './app-policy-samples.js';
import { APP_SAMPLES } from './app-samples.js';
import { COMPLIANCE_SAMPLES } from './compliance-samples.js';
import { CONDITIONAL_ACCESS_SAMPLES } from './conditional-access-samples.js';
import { CONFIGURATION_SAMPLES } from './configuration-samples.js';
import { SETTINGS_CATALOG_SAMPLES } from './settings-catalog-samples.js';
import { KIND_SAMPLES } from './kind-samples.js';

export { SAMPLE_GROUPS } from './sample-parts.js';

/** At least one object of every collection, with all its children. */
export const SAMPLES: readonly SeedObject[] = [
  ...SETTINGS_CATALOG_SAMPLES,
  ...CONFIGURATION_SAMPLES,
  ...COMPLIANCE_SAMPLES,
  ...APP_POLICY_SAMPLES,
  ...APP_SAMPLES,
  ...ADMINISTRATION_SAMPLES,
  ...CONDITIONAL_ACCESS_SAMPLES,
  ...KIND_SAMPLES,
];
