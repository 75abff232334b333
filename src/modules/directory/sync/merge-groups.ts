import { kindsInOrder, type CachedGroup, type RemovedReason } from '../group.js';
import type { GroupEntry } from './group-entry.js';

/**
 * What a page of entries does to the cache, `write` before `remove`. Each group is in one of the lists, but for one that
 * the page tells news of and then removes: it is in both, because its facts are kept for its return, as on two pages.
 */
export interface GroupMerge {
  /** New, changed or back again, as they are to be stored. */
  write: CachedGroup[];
  /** Named, and as the cache has them. */
  unchanged: string[];
  remove: { id: string; reason: RemovedReason }[];
  counts: GroupCounts;
}

export interface GroupCounts {
  /** Groups that the pages named, a repeat on a later page again. */
  read: number;
  added: number;
  changed: number;
  /** Removed before, and there again. */
  returned: number;
  removed: number;
  /** Groups that only a part is known of: they were new, but the entry did not name them whole. */
  unclear: number;
}

export const NO_GROUPS: GroupCounts = Object.freeze({
  read: 0,
  added: 0,
  changed: 0,
  returned: 0,
  removed: 0,
  unclear: 0,
});

export function addCounts(one: GroupCounts, other: GroupCounts): GroupCounts {
  return {
    read: one.read + other.read,
    added: one.added + other.added,
    changed: one.changed + other.changed,
    returned: one.returned + other.returned,
    removed: one.removed + other.removed,
    unclear: one.unclear + other.unclear,
  };
}

interface Folded {
  group: CachedGroup | undefined;
  unclear: boolean;
}

/**
 * What entries in Graph's order do to what is known. A group may be named many times: the later entry wins, property by
 * property, and only the difference to `known` counts. A group that was never known and is removed leaves no trace.
 * @param known the cached groups that the entries name, by id
 */
export function mergeGroups(known: ReadonlyMap<string, CachedGroup>, entries: readonly GroupEntry[]): GroupMerge {
  const folded = new Map<string, Folded>();
  for (const entry of entries) {
    const before = folded.get(entry.id) ?? { group: known.get(entry.id), unclear: false };
    folded.set(entry.id, fold(before, entry));
  }
  const merge: GroupMerge = { write: [], unchanged: [], remove: [], counts: { ...NO_GROUPS, read: folded.size } };
  for (const [id, { group, unclear }] of folded) {
    if (group) settle(merge, known.get(id), group, unclear);
  }
  return merge;
}

function fold({ group, unclear }: Folded, entry: GroupEntry): Folded {
  if (entry.removed !== null) return { group: group && { ...group, removed: entry.removed }, unclear: false };
  const there = group?.removed === null;
  const { facts, kinds } = entry;
  const held = new Set(group?.kinds);
  for (const [kind, is] of kinds)
    if (is) held.add(kind);
    else held.delete(kind);
  return {
    group: { ...(group ?? unnamed(entry.id)), ...facts, kinds: kindsInOrder(held), removed: null },
    unclear: facts.displayName === undefined && (unclear || !there),
  };
}

function unnamed(id: string): CachedGroup {
  return { id, displayName: null, description: null, mail: null, kinds: [], membershipRule: null, removed: null };
}

function settle(merge: GroupMerge, before: CachedGroup | undefined, group: CachedGroup, unclear: boolean): void {
  const { counts } = merge;
  if (group.removed !== null) {
    const told = { ...group, removed: null };
    const isNews = !before || !isSame({ ...before, removed: null }, told);
    if (!isNews && before.removed === group.removed) {
      merge.unchanged.push(group.id);
      return;
    }
    if (isNews) merge.write.push(told);
    merge.remove.push({ id: group.id, reason: group.removed });
    if (!before) counts.added += 1;
    if (!before || before.removed === null) counts.removed += 1;
    return;
  }
  if (unclear) counts.unclear += 1;
  if (before && isSame(before, group)) {
    merge.unchanged.push(group.id);
    return;
  }
  merge.write.push(group);
  if (!before) counts.added += 1;
  else if (before.removed !== null) counts.returned += 1;
  else counts.changed += 1;
}

function isSame(one: CachedGroup, other: CachedGroup): boolean {
  return (
    one.removed === other.removed &&
    one.displayName === other.displayName &&
    one.description === other.description &&
    one.mail === other.mail &&
    one.membershipRule === other.membershipRule &&
    one.kinds.join() === other.kinds.join()
  );
}
