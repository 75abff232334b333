import type { GraphBody } from '../../store/graph-body.js';
import type { CollectionSpec, GraphVersion, Navigation } from './collection-spec.js';
import { filterOn } from './filter-spec.js';
import type { AssignRule, WriteSpec } from './write-spec.js';

export const BOTH: readonly GraphVersion[] = ['v1.0', 'beta'];
export const BETA: readonly GraphVersion[] = ['beta'];

/** Assignments that a list and an item expand, and that have a path of their own. */
export const ASSIGNMENTS: Navigation = { name: 'assignments', onList: 'filled', onItem: 'filled', ownPath: true };
/** Assignments that `$expand` gives as an empty list, wherever it stands. */
export const EMPTY_ASSIGNMENTS: Navigation = { ...ASSIGNMENTS, onList: 'empty', onItem: 'empty' };
/** Settings of a settings catalog policy, with the definitions of what they set. */
export const CATALOG_SETTINGS: Navigation = {
  name: 'settings',
  onList: 'omitted',
  onItem: 'filled',
  ownPath: true,
  children: [
    {
      name: 'settingDefinitions',
      onList: 'filled',
      onItem: 'filled',
      ownPath: true,
      source: { kind: 'setting-definitions' },
    },
  ],
};

type Given = Pick<CollectionSpec, 'key' | 'root' | 'entityType' | 'readPermissions'> & Partial<CollectionSpec>;

/** A collection with what most of them have in common. */
export function defineCollection(given: Given): CollectionSpec {
  const nameField = given.nameField ?? 'displayName';
  const type = given.entityType.slice(given.entityType.lastIndexOf('.') + 1);
  return {
    segment: given.key,
    versions: BETA,
    polymorphic: false,
    types: new Set(),
    nameField,
    pageSize: 1000,
    cosmos: false,
    navigation: [],
    withheld: [],
    filter: filterOn(nameField),
    orderBy: given.cosmos === true ? [] : [nameField, 'createdDateTime', 'lastModifiedDateTime'],
    auditType: type.charAt(0).toUpperCase() + type.slice(1),
    ...given,
    folders: [...new Set([given.key.toLowerCase(), ...(given.folders ?? [])])],
  };
}

/** What a new object of most types has when the body does not say. */
const TAGGED: GraphBody = { description: null, roleScopeTagIds: ['0'] };
/** The same for types without scope tags, or with another name for them. */
export const UNTAGGED: GraphBody = { description: null };

/** Writes with what most collections have in common: POST 201, PATCH 200, DELETE 200. */
export function writes(permissions: readonly string[], given: Partial<WriteSpec> = {}): WriteSpec {
  return {
    permissions,
    create: 201,
    updates: [{ method: 'PATCH', status: 200 }],
    delete: 200,
    actions: {},
    ids: 'guid',
    required: ['displayName'],
    immutable: [],
    immutableRefusal: '',
    computed: [],
    version: 'none',
    times: { created: 'createdDateTime', modified: 'lastModifiedDateTime' },
    initial: {},
    defaults: TAGGED,
    builtInFixed: false,
    softDelete: false,
    ...given,
  };
}

type Replacing = Extract<AssignRule, { style: 'replace' }>;

/** `POST {id}/assign`, whose list replaces the assignments. */
export function assign(given: Partial<Replacing> = {}): Replacing {
  return { style: 'replace', action: 'assign', bodyKey: 'assignments', status: 200, ids: '_', source: false, ...given };
}

/** Permissions to read and to write of one of Intune's groups of permissions. */
export function rights(group: string): { read: readonly string[]; write: readonly string[] } {
  const write = `${group}.ReadWrite.All`;
  return { read: [`${group}.Read.All`, write], write: [write] };
}

export const CONFIGURATION = rights('DeviceManagementConfiguration');
export const APPS = rights('DeviceManagementApps');
export const SCRIPTS = rights('DeviceManagementScripts');
export const RBAC = rights('DeviceManagementRBAC');
export const SERVICE = rights('DeviceManagementServiceConfig');
export const DEVICES = rights('DeviceManagementManagedDevices');
export const CLOUD_PC = rights('CloudPC');
