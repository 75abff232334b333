import type { CollectionSpec } from './collection-spec.js';
import { BOTH, defineCollection, UNTAGGED, writes } from './define.js';
import { EQUAL, filterOn, TIME } from './filter-spec.js';
import type { WriteSpec } from './write-spec.js';

const READ = ['Policy.Read.All', 'Policy.Read.ConditionalAccess', 'Policy.ReadWrite.ConditionalAccess'];
const WRITE = ['Policy.ReadWrite.ConditionalAccess'];
const TIMES: WriteSpec['times'] = { created: 'createdDateTime', modified: 'modifiedDateTime' };
const ORDER = ['displayName', 'createdDateTime', 'modifiedDateTime'];

/** Conditional access and its foundations, from the directory's own service. */
export const CONDITIONAL_ACCESS: readonly CollectionSpec[] = [
  defineCollection({
    key: 'conditionalAccessPolicies',
    root: 'identity/conditionalAccess',
    segment: 'policies',
    versions: BOTH,
    entityType: 'microsoft.graph.conditionalAccessPolicy',
    filter: filterOn('displayName', { state: EQUAL, createdDateTime: TIME, modifiedDateTime: TIME }),
    orderBy: ORDER,
    readPermissions: READ,
    writes: writes(WRITE, {
      defaults: UNTAGGED,
      updates: [{ method: 'PATCH', status: 204 }],
      delete: 204,
      required: ['displayName', 'state', 'conditions'],
      times: TIMES,
      initial: { modifiedDateTime: null },
      softDelete: true,
    }),
    folders: ['conditionalaccess', 'conditional access'],
  }),
  defineCollection({
    key: 'namedLocations',
    root: 'identity/conditionalAccess',
    versions: BOTH,
    entityType: 'microsoft.graph.namedLocation',
    polymorphic: true,
    types: new Set([
      'compliantNetworkNamedLocation',
      'countryNamedLocation',
      'ipNamedLocation',
      'privateLinkNamedLocation',
      'serviceTagNamedLocation',
    ]),
    filter: filterOn('displayName', { createdDateTime: TIME, modifiedDateTime: TIME }, true),
    orderBy: ORDER,
    readPermissions: READ,
    writes: writes(WRITE, {
      defaults: {},
      updates: [{ method: 'PATCH', status: 204 }],
      delete: 204,
      times: TIMES,
      softDelete: true,
    }),
  }),
  defineCollection({
    key: 'authenticationStrengthPolicies',
    root: 'identity/conditionalAccess/authenticationStrength',
    segment: 'policies',
    versions: BOTH,
    entityType: 'microsoft.graph.authenticationStrengthPolicy',
    navigation: [{ name: 'combinationConfigurations', onList: 'filled', onItem: 'filled', ownPath: true }],
    filter: filterOn('displayName', { policyType: EQUAL }),
    orderBy: ORDER,
    readPermissions: READ,
    writes: writes([...WRITE, 'Policy.ReadWrite.AuthenticationMethod'], {
      defaults: UNTAGGED,
      delete: 204,
      required: ['displayName', 'allowedCombinations'],
      computed: ['policyType', 'requirementsSatisfied'],
      initial: { policyType: 'custom' },
      actions: {
        updateAllowedCombinations: { kind: 'set-properties', properties: ['allowedCombinations'], status: 200 },
      },
      times: TIMES,
      builtIn: (body) => body.policyType === 'builtIn',
      builtInFixed: true,
    }),
    folders: ['authenticationstrengths'],
  }),
  defineCollection({
    key: 'authenticationContextClassReferences',
    root: 'identity/conditionalAccess',
    versions: BOTH,
    entityType: 'microsoft.graph.authenticationContextClassReference',
    orderBy: ['displayName'],
    readPermissions: READ,
    writes: writes(WRITE, {
      defaults: UNTAGGED,
      updates: [{ method: 'PATCH', status: 204 }],
      delete: 204,
      ids: 'given',
      required: ['id', 'displayName'],
      times: {},
    }),
    folders: ['authenticationcontext'],
  }),
];
