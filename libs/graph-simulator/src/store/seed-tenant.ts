import type { CollectionKey } from '../graph/collections.js';
import type { GraphBody } from './graph-body.js';

export interface SeedApp {
  clientId: string;
  clientSecret: string;
  /** Application permissions, such as `DeviceManagementConfiguration.Read.All`: the roles of its tokens. */
  permissions: string[];
}

export interface SeedUser {
  id: string;
  displayName: string;
  userPrincipalName: string;
}

/** A group as tenant.json names it; what is missing gets Graph's usual values of a security group. */
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
  'Group.Read.All',
];
