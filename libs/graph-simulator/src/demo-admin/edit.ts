import type { Dice } from '../demo/generated/dice.js';
import type { Actor } from '../store/audit-trail.js';
import { textOf } from '../store/graph-body.js';
import type { CollectionKey } from '../graph/collections.js';
import type { StoredPolicy, TenantStore } from '../store/tenant-store.js';

/** What an edit is made with. */
export interface Hand {
  tenant: TenantStore;
  actor: Actor;
  dice: Dice;
  /** Milliseconds since 1970. */
  now: number;
  /** Ids of the policies that the admin added and has not removed, oldest first. */
  added: string[];
}

/** Makes one change. Answers it in words, or undefined when the tenant has nothing to make it on. */
export type Edit = (hand: Hand) => string | undefined;

/** What admins edit from day to day: policies that configure devices and judge them. */
const EDITED: readonly CollectionKey[] = ['configurationPolicies', 'deviceConfigurations', 'deviceCompliancePolicies'];

/** The policies that the admin may touch, in the order in which they came. */
export function editedPolicies(tenant: TenantStore): StoredPolicy[] {
  return EDITED.flatMap((collection) => tenant.list(collection));
}

export function nameFieldOf({ collection }: StoredPolicy): 'name' | 'displayName' {
  return collection === 'configurationPolicies' ? 'name' : 'displayName';
}

export function nameOf(policy: StoredPolicy): string {
  return textOf(policy.body, nameFieldOf(policy)) ?? policy.id;
}
