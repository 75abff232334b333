import type { CollectionSpec } from './collection-spec.js';
import { assign, ASSIGNMENTS, BOTH, CLOUD_PC, defineCollection, writes } from './define.js';
import type { WriteSpec } from './write-spec.js';

const CHANGES: Partial<WriteSpec> = {
  defaults: {},
  updates: [{ method: 'PATCH', status: 204 }],
  delete: 204,
  assign: assign({ status: 204 }),
};

/** Windows 365. Statuses are Graph's convention: no tool was seen that depends on them. */
export const CLOUD_PCS: readonly CollectionSpec[] = [
  defineCollection({
    key: 'provisioningPolicies',
    root: 'deviceManagement/virtualEndpoint',
    versions: BOTH,
    entityType: 'microsoft.graph.cloudPcProvisioningPolicy',
    navigation: [ASSIGNMENTS],
    readPermissions: CLOUD_PC.read,
    writes: writes(CLOUD_PC.write, {
      ...CHANGES,
      computed: ['alternateResourceUrl', 'cloudPcGroupDisplayName', 'gracePeriodInHours', 'imageDisplayName'],
    }),
    folders: ['w365provisioningpolicies'],
  }),
  defineCollection({
    key: 'userSettings',
    root: 'deviceManagement/virtualEndpoint',
    versions: BOTH,
    entityType: 'microsoft.graph.cloudPcUserSetting',
    navigation: [ASSIGNMENTS],
    readPermissions: CLOUD_PC.read,
    writes: writes(CLOUD_PC.write, CHANGES),
    folders: ['w365usersettings'],
  }),
];
