/** What a group is; one may be several of these, and a distribution list is `mail_enabled` alone. */
export const GROUP_KINDS = ['security', 'microsoft365', 'dynamic', 'mail_enabled', 'on_premises'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

/**
 * Why a group is not there any more. `soft_deleted`: Entra keeps it for 30 days and can bring it back. `not_listed`: a
 * reading of all groups, read to its end, did not name it.
 */
export const REMOVED_REASONS = ['soft_deleted', 'deleted', 'not_listed'] as const;
export type RemovedReason = (typeof REMOVED_REASONS)[number];

/** A group as the cache holds it. A null name is one that Entra does not tell. */
export interface CachedGroup {
  id: string;
  displayName: string | null;
  description: string | null;
  mail: string | null;
  kinds: readonly GroupKind[];
  membershipRule: string | null;
  removed: RemovedReason | null;
}

/** The text that a search looks in, and what is looked for: in lower case whatever the database's locale. */
export function searchable(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** What lists are sorted by: in lower case and without accents, 256 characters at most. */
export function sortNameOf({ displayName }: Pick<CachedGroup, 'displayName'>): string {
  const plain = (displayName ?? '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return [...plain].slice(0, 256).join('');
}

/** Kinds in one order, each once, so that equal sets are equal lists. */
export function kindsInOrder(kinds: Iterable<GroupKind>): GroupKind[] {
  const held = new Set(kinds);
  return GROUP_KINDS.filter((kind) => held.has(kind));
}
