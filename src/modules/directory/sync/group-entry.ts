import type { GraphObject } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import type { CachedGroup, GroupKind, RemovedReason } from '../group.js';

/** Properties of a group that the cache holds. A delta token is bound to them: other fields need a full reading. */
export const GROUP_FIELDS =
  'id,displayName,description,mail,groupTypes,securityEnabled,mailEnabled,onPremisesSyncEnabled,membershipRule';

/** Entra's ids have 36 characters; this is what the cache takes. */
const LONGEST_ID = 128;

/** Which kinds an entry speaks of, and which of them it says. */
type SaidKinds = ReadonlyMap<GroupKind, boolean>;

/** What one entry of a delta page says of a group: only what it names has changed. */
export type GroupEntry =
  | { id: string; removed: RemovedReason }
  | {
      id: string;
      removed: null;
      facts: Partial<Pick<CachedGroup, 'displayName' | 'description' | 'mail' | 'membershipRule'>>;
      kinds: SaidKinds;
    };

/**
 * Reads an entry of `/groups/delta`. A property that is absent is unchanged, one that is null was cleared; a removed
 * group is `{id, "@removed": {reason}}`, where `changed` means that it can still be brought back
 * (microsoft-graph-docs-contrib, `delta-query-overview.md`).
 * @throws GraphFailure `graph.protocol` for an entry that names no group: nothing of its page could be trusted
 */
export function groupEntry(object: GraphObject): GroupEntry {
  const id = storable(object.id)?.toLowerCase() ?? '';
  if (id === '' || id.length > LONGEST_ID) {
    throw new GraphFailure('graph.protocol', { detail: 'groups/delta: an entry has no group id' });
  }
  const removed = object['@removed'];
  if (removed !== undefined && removed !== null) return { id, removed: removedReason(removed) };
  const facts: Extract<GroupEntry, { removed: null }>['facts'] = {};
  for (const name of ['displayName', 'description', 'mail', 'membershipRule'] as const) {
    if (name in object) facts[name] = storable(object[name]);
  }
  return { id, removed: null, facts, kinds: saidKinds(object) };
}

function removedReason(removed: unknown): RemovedReason {
  const reason: unknown = typeof removed === 'object' && removed !== null && 'reason' in removed && removed.reason;
  return reason === 'changed' ? 'soft_deleted' : 'deleted';
}

function saidKinds(object: GraphObject): SaidKinds {
  const said = new Map<GroupKind, boolean>();
  const flags = [
    ['securityEnabled', 'security'],
    ['mailEnabled', 'mail_enabled'],
    ['onPremisesSyncEnabled', 'on_premises'],
  ] as const;
  for (const [name, kind] of flags) if (name in object) said.set(kind, object[name] === true);
  if ('groupTypes' in object) {
    const types: readonly unknown[] = Array.isArray(object['groupTypes']) ? object['groupTypes'] : [];
    said.set('microsoft365', types.includes('Unified'));
    said.set('dynamic', types.includes('DynamicMembership'));
  }
  return said;
}

/** The text as PostgreSQL can hold it: without NUL and halves of a surrogate pair. */
function storable(value: unknown): string | null {
  return typeof value === 'string' ? value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD') : null;
}
