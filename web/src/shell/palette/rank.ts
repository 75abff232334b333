/** What can be found by typing: its name, and other words that people look for it by. */
export interface Findable {
  label: string;
  words?: string | undefined;
}

const STARTS_WORD = 8;
const IN_LABEL = 4;
const STARTS_OTHER_WORD = 3;
const INITIALS = 1;
const STARTS_LABEL = 10;

/**
 * The items that have every word of `query`, the best match first: the beginning of a name, then of one of its words, then
 * a part of it, then other words, then its initials ("bs" for "Backup sets"). Equally good ones keep their order; an empty
 * query keeps all.
 */
export function ranked<T extends Findable>(query: string, items: readonly T[]): T[] {
  if (query.trim() === '') return [...items];
  return items
    .map((item) => ({ item, score: matchScore(query, item) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

/** How well the item matches all words of `query`; 0 when it lacks one. */
export function matchScore(query: string, { label, words = '' }: Findable): number {
  const sought = query.trim().toLowerCase();
  const tokens = sought.split(/\s+/);
  const name = label.toLowerCase();
  const scores = tokens.map((token) => tokenScore(token, name, words.toLowerCase()));
  if (scores.includes(0)) return 0;
  return scores.reduce((sum, score) => sum + score, 0) + (name.startsWith(sought) ? STARTS_LABEL : 0);
}

function tokenScore(token: string, name: string, words: string): number {
  if (name.split(/\s+/).some((word) => word.startsWith(token))) return STARTS_WORD;
  if (name.includes(token)) return IN_LABEL;
  if (words.split(/\s+/).some((word) => word.startsWith(token))) return STARTS_OTHER_WORD;
  return initialsOf(name).startsWith(token) ? INITIALS : 0;
}

function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .join('');
}
