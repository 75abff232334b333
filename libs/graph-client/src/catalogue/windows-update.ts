import { ASSIGNMENTS_ON_LIST, defineType, graphTypes, listOf, type Row } from './define-type.js';
import { DEVICE_CONFIGURATION_PROFILE } from './device-configuration.js';
import { CONFIGURATION_PERMISSIONS } from './permissions.js';
import type { PolicyType } from './policy-type.js';

const CATEGORY = 'Windows update';
const RING = graphTypes('windowsUpdateForBusinessConfiguration');

/**
 * Whether updates are paused is content; when the pause began and ends, and whether an update is rolled back, is the
 * state of it (CIPP-API, Get-CIPPIntuneCompareExclusions.ps1).
 */
const WINDOWS_UPDATE_RING = defineType({
  ...DEVICE_CONFIGURATION_PROFILE,
  key: 'windowsUpdateRing',
  label: 'Windows update ring',
  category: CATEGORY,
  odataTypes: RING,
  is: { odataTypes: RING },
  volatile: [
    ...DEVICE_CONFIGURATION_PROFILE.volatile,
    'qualityUpdatesPauseStartDate',
    'featureUpdatesPauseStartDate',
    'qualityUpdatesPauseExpiryDateTime',
    'featureUpdatesPauseExpiryDateTime',
    'qualityUpdatesRollbackStartDateTime',
    'featureUpdatesRollbackStartDateTime',
    'qualityUpdatesWillBeRolledBack',
    'featureUpdatesWillBeRolledBack',
  ],
});

/** Profiles of Windows Update's deployment service, which Microsoft grants with the Enterprise and Education plans. */
function updateProfile(row: Pick<Row, 'key' | 'label' | 'volatile'>, path: string): PolicyType {
  return defineType({
    ...row,
    category: CATEGORY,
    collection: listOf(path, CONFIGURATION_PERMISSIONS, {
      ...ASSIGNMENTS_ON_LIST,
      licence: 'Windows Enterprise E3 or E5',
    }),
    odataTypes: graphTypes(row.key),
  });
}

export const WINDOWS_UPDATE_TYPES: readonly PolicyType[] = [
  WINDOWS_UPDATE_RING,
  // Name and end of support come from Microsoft's catalogue and change with it.
  updateProfile(
    {
      key: 'windowsFeatureUpdateProfile',
      label: 'Feature update profile',
      volatile: ['deployableContentDisplayName', 'endOfSupportDate'],
    },
    'deviceManagement/windowsFeatureUpdateProfiles',
  ),
  updateProfile(
    {
      key: 'windowsQualityUpdateProfile',
      label: 'Expedited quality update profile',
      volatile: ['releaseDateDisplayName', 'deployableContentDisplayName'],
    },
    'deviceManagement/windowsQualityUpdateProfiles',
  ),
  updateProfile(
    { key: 'windowsQualityUpdatePolicy', label: 'Quality update policy (hotpatch)' },
    'deviceManagement/windowsQualityUpdatePolicies',
  ),
  // Counters of the service (IntuneCD `remove_keys`).
  updateProfile(
    {
      key: 'windowsDriverUpdateProfile',
      label: 'Driver update profile',
      volatile: ['newUpdates', 'deviceReporting', 'inventorySyncStatus', 'driverInventories'],
    },
    'deviceManagement/windowsDriverUpdateProfiles',
  ),
];
