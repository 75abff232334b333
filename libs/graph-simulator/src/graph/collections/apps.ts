import { textOf } from '../../store/graph-body.js';
import { MOBILE_APP_TYPES } from './mobile-app-types.js';
import type { CollectionSpec } from './collection-spec.js';
import { APPS, assign, ASSIGNMENTS, BOTH, CONFIGURATION, defineCollection, writes } from './define.js';
import { EQUAL, filterOn } from './filter-spec.js';

/** The date that Microsoft's own app categories carry. */
const NEVER = /^0001-01-01T/;

/** Apps and what is delivered like them. */
export const APP_COLLECTIONS: readonly CollectionSpec[] = [
  // The list leaves out scope tags and the icon; installers are never told (IntuneManagement reads each app by id).
  defineCollection({
    key: 'mobileApps',
    root: 'deviceAppManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.mobileApp',
    polymorphic: true,
    types: MOBILE_APP_TYPES,
    navigation: [
      ASSIGNMENTS,
      { name: 'categories', onList: 'filled', onItem: 'filled', ownPath: true },
      { name: 'relationships', onList: 'omitted', onItem: 'filled', ownPath: true },
    ],
    withheld: [
      { name: 'roleScopeTagIds', on: 'list', shownAs: 'emptyList' },
      { name: 'largeIcon', on: 'list', shownAs: 'null' },
    ],
    filter: filterOn(
      'displayName',
      { isAssigned: EQUAL, 'microsoft.graph.managedApp/appAvailability': EQUAL, publisher: EQUAL },
      true,
    ),
    readPermissions: APPS.read,
    writes: writes(APPS.write, {
      approvalType: 'app',
      updates: [{ method: 'PATCH', status: 204 }],
      assign: assign({ bodyKey: 'mobileAppAssignments', status: 204, source: true }),
      actions: {
        updateRelationships: {
          kind: 'replace-children',
          bodyKey: 'relationships',
          child: 'relationships',
          status: 204,
        },
      },
      computed: [
        'dependentAppCount',
        'isAssigned',
        'supersededAppCount',
        'supersedingAppCount',
        'uploadState',
        'publishingState',
      ],
    }),
    folders: ['applications'],
  }),
  defineCollection({
    key: 'mobileAppCategories',
    root: 'deviceAppManagement',
    versions: BOTH,
    entityType: 'microsoft.graph.mobileAppCategory',
    readPermissions: APPS.read,
    writes: writes(APPS.write, {
      defaults: {},
      times: { modified: 'lastModifiedDateTime' },
      builtIn: (body) => NEVER.test(textOf(body, 'lastModifiedDateTime') ?? ''),
      builtInFixed: true,
    }),
  }),
  defineCollection({
    key: 'policySets',
    root: 'deviceAppManagement',
    entityType: 'microsoft.graph.policySet',
    navigation: [
      { ...ASSIGNMENTS, onList: 'refused' },
      { name: 'items', onList: 'filled', onItem: 'filled', ownPath: true },
    ],
    readPermissions: [...CONFIGURATION.read, ...APPS.read],
    writes: writes([...CONFIGURATION.write, ...APPS.write], {
      defaults: { description: null, roleScopeTags: ['0'] },
      assign: assign({ action: 'update', status: 204 }),
      computed: ['status', 'errorCode'],
    }),
  }),
  defineCollection({
    key: 'iosLobAppProvisioningConfigurations',
    root: 'deviceAppManagement',
    entityType: 'microsoft.graph.iosLobAppProvisioningConfiguration',
    navigation: [ASSIGNMENTS],
    readPermissions: APPS.read,
    writes: writes(APPS.write, {
      assign: assign({
        bodyKey: 'iOSLobAppProvisioningConfigAssignments',
        oldBodyKey: 'appProvisioningConfigurationGroupAssignments',
        status: 204,
      }),
      required: ['displayName', 'payload'],
      version: 'number',
    }),
    folders: ['iosprovisioning'],
  }),
  defineCollection({
    key: 'wdacSupplementalPolicies',
    root: 'deviceAppManagement',
    entityType: 'microsoft.graph.windowsDefenderApplicationControlSupplementalPolicy',
    navigation: [ASSIGNMENTS],
    readPermissions: APPS.read,
    writes: writes(APPS.write, {
      assign: assign({ bodyKey: 'wdacPolicyAssignments', status: 204 }),
      required: ['displayName', 'content'],
      times: { created: 'creationDateTime', modified: 'lastModifiedDateTime' },
    }),
  }),
];
