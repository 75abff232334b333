import { textOf, type GraphBody } from '../store/graph-body.js';
import type { DirectoryKind, DirectoryObject } from './directory-store.js';

/** What Graph knows of a kind of directory object. */
export interface DirectoryShape {
  kind: DirectoryKind;
  /** Path segment of the collection. */
  segment: 'groups' | 'users';
  entityType: string;
  /** As Graph's messages name it. */
  resource: 'Group' | 'User';
  /** Properties shown unasked; undefined for all that are there. */
  shown: readonly string[] | undefined;
  /** Properties that `$select` and `$filter` may name. */
  properties: ReadonlySet<string>;
}

const SHARED = ['id', 'deletedDateTime', 'createdDateTime', 'displayName', 'mail', 'mailNickname', 'proxyAddresses'];
const ON_PREMISES = [
  'onPremisesDomainName',
  'onPremisesLastSyncDateTime',
  'onPremisesSamAccountName',
  'onPremisesSecurityIdentifier',
  'onPremisesSyncEnabled',
];

export const GROUP_SHAPE: DirectoryShape = {
  kind: 'group',
  segment: 'groups',
  entityType: 'microsoft.graph.group',
  resource: 'Group',
  shown: undefined,
  properties: new Set([
    ...SHARED,
    ...ON_PREMISES,
    'classification',
    'description',
    'expirationDateTime',
    'groupTypes',
    'isAssignableToRole',
    'mailEnabled',
    'membershipRule',
    'membershipRuleProcessingState',
    'preferredDataLocation',
    'preferredLanguage',
    'renewedDateTime',
    'resourceProvisioningOptions',
    'securityEnabled',
    'securityIdentifier',
    'theme',
    'visibility',
  ]),
};

/** The properties of a user that come without `$select` (`api/user-list`). */
const USER_SHOWN = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

export const USER_SHAPE: DirectoryShape = {
  kind: 'user',
  segment: 'users',
  entityType: 'microsoft.graph.user',
  resource: 'User',
  shown: USER_SHOWN,
  properties: new Set([
    ...SHARED,
    ...ON_PREMISES,
    ...USER_SHOWN,
    'accountEnabled',
    'city',
    'companyName',
    'country',
    'department',
    'employeeId',
    'usageLocation',
    'userType',
  ]),
};

export function shapeOf(kind: DirectoryKind): DirectoryShape {
  return kind === 'group' ? GROUP_SHAPE : USER_SHAPE;
}

/** The object as Graph shows it: the selected properties, missing ones null, or the usual ones. */
export function shown(
  shape: DirectoryShape,
  object: DirectoryObject,
  select: readonly string[] | undefined,
): GraphBody {
  const { body } = object;
  const names = select ?? shape.shown;
  if (names === undefined) return body;
  return Object.fromEntries(
    names.filter((name) => shape.properties.has(name)).map((name) => [name, body[name] ?? null]),
  );
}

/** A member inside a list of several kinds; a user whom the caller may not read is an id without properties. */
export function shownMember(
  member: DirectoryObject,
  select: readonly string[] | undefined,
  mayReadUsers: boolean,
): GraphBody {
  const shape = shapeOf(member.kind);
  const type = { '@odata.type': `#${shape.entityType}` };
  const full = shown(shape, member, select);
  if (member.kind === 'group' || mayReadUsers) return { ...type, ...full };
  return {
    ...type,
    ...Object.fromEntries(Object.keys(full).map((key) => [key, null])),
    id: textOf(member.body, 'id') ?? '',
  };
}
