import type { CollectionSpec } from './collection-spec.js';
import { assign, ASSIGNMENTS, CONFIGURATION, defineCollection, writes } from './define.js';

/** Update profiles: names and dates that Microsoft's catalogue gives are computed. */
export const WINDOWS_UPDATE: readonly CollectionSpec[] = [
  defineCollection({
    key: 'windowsFeatureUpdateProfiles',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.windowsFeatureUpdateProfile',
    navigation: [ASSIGNMENTS],
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      assign: assign(),
      required: ['displayName', 'featureUpdateVersion'],
      computed: ['deployableContentDisplayName', 'endOfSupportDate'],
    }),
    folders: ['featureupdates', 'feature updates', 'windows feature updates'],
  }),
  defineCollection({
    key: 'windowsQualityUpdateProfiles',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.windowsQualityUpdateProfile',
    navigation: [ASSIGNMENTS],
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      assign: assign(),
      computed: ['releaseDateDisplayName', 'deployableContentDisplayName'],
    }),
    folders: ['qualityupdates', 'quality updates', 'windows quality updates'],
  }),
  defineCollection({
    key: 'windowsQualityUpdatePolicies',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.windowsQualityUpdatePolicy',
    navigation: [ASSIGNMENTS],
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, { assign: assign() }),
  }),
  defineCollection({
    key: 'windowsDriverUpdateProfiles',
    root: 'deviceManagement',
    entityType: 'microsoft.graph.windowsDriverUpdateProfile',
    navigation: [ASSIGNMENTS, { name: 'driverInventories', onList: 'omitted', onItem: 'filled', ownPath: true }],
    readPermissions: CONFIGURATION.read,
    writes: writes(CONFIGURATION.write, {
      assign: assign(),
      required: ['displayName', 'approvalType'],
      immutable: ['approvalType'],
      immutableRefusal: 'ApprovalType cannot be changed once created.',
      computed: ['deviceReporting', 'newUpdates', 'inventorySyncStatus'],
      actions: {
        executeAction: { kind: 'driver-approval', status: 200 },
        syncInventory: { kind: 'driver-sync', status: 204 },
      },
    }),
    folders: ['driverupdateprofiles', 'driver update profiles'],
  }),
];
