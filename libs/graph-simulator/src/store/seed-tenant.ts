import type { CollectionKey } from '../graph/collections.js';
import type { GraphBody } from './graph-body.js';

export interface SeedApp {
  clientId: string;
  clientSecret: string;
  /** Application permissions, such as `DeviceManagementConfiguration.Read.All`: the roles of its tokens. */
  permissions: string[];
  /** ISO 8601; the secret is refused from then on. */
  secretExpiresAt?: string;
  /** PEM texts of the certificates whose keys may sign the app's assertions. */
  certificates?: readonly string[];
  /** Where sign-in may lead back to; without the list, anywhere. */
  redirectUris?: readonly string[];
  /** Delegated permissions that an administrator has consented to; without the list, all that are asked for. */
  delegatedPermissions?: readonly string[];
  /** False until the admin consent endpoint was visited: the tenant does not know the app before. */
  consented?: boolean;
}

export interface SeedUser {
  id: string;
  displayName: string;
  userPrincipalName: string;
  mail?: string | null;
  givenName?: string | null;
  surname?: string | null;
  jobTitle?: string | null;
  department?: string | null;
  /** A disabled user cannot sign in. */
  accountEnabled?: boolean;
  /** Names of directory roles, such as `Intune Administrator`; without the list the user counts as an administrator. */
  directoryRoles?: readonly string[];
}

/**
 * A group as tenant.json names it; what is missing gets Graph's usual values of a security group. `members` are ids of its
 * users and groups.
 */
export interface SeedGroup extends GraphBody {
  id: string;
  displayName: string;
}

/** One exported policy: the collection it is served in and its body with its children (settings, assignments) inside. */
export interface SeedObject {
  collection: CollectionKey;
  body: GraphBody & { id: string };
}

/** What a simulated tenant starts with. */
export interface SeedTenant {
  /** Directory id, a GUID; the `tid` of tokens and the tenant part of login URLs. */
  entraTenantId: string;
  name: string;
  apps: SeedApp[];
  users: SeedUser[];
  groups: SeedGroup[];
  objects: SeedObject[];
}

/** Every application permission that the simulator looks at, for an app that may read all there is. */
export const ALL_PERMISSIONS: readonly string[] = [
  'DeviceManagementConfiguration.ReadWrite.All',
  'DeviceManagementApps.ReadWrite.All',
  'DeviceManagementScripts.ReadWrite.All',
  'DeviceManagementServiceConfig.ReadWrite.All',
  'DeviceManagementRBAC.ReadWrite.All',
  'DeviceManagementManagedDevices.ReadWrite.All',
  'CloudPC.ReadWrite.All',
  'Policy.Read.All',
  'Policy.ReadWrite.ConditionalAccess',
  'Policy.ReadWrite.AuthenticationMethod',
  'Group.Read.All',
  'User.Read.All',
  'Organization.Read.All',
];
