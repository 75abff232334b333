import { isEqual } from './diff-node';

/** Two elements of a list that are one and the same in two states; undefined where a side has none. */
export type ElementPair = [before: unknown, after: unknown];

/** What an element calls itself, best first. */
const NAMING_KEYS = ['omaUri', 'id', 'displayName', 'name', 'key', 'ruleId', 'packageId', 'path', 'ruleName'];
/** Comparisons of everything with everything; longer lists are paired by what the elements call themselves. */
const MOST_COMPARISONS = 10_000;
/** Of the leaves of the larger element; two that share less are two elements. */
const LEAST_SHARED = 0.3;

/**
 * Pairs the elements of a list whose order means nothing: equal ones first, then those that call themselves the same, then
 * by likeness. What is left came or went.
 */
export function pairElements(before: readonly unknown[], after: readonly unknown[]): ElementPair[] {
  const pairs: ElementPair[] = [];
  let old = [...before];
  let now = [...after];
  const take = (matches: (a: unknown, b: unknown) => boolean): void => {
    const left: unknown[] = [];
    for (const element of old) {
      const at = now.findIndex((other) => matches(element, other));
      if (at < 0) left.push(element);
      else pairs.push([element, ...now.splice(at, 1)] as ElementPair);
    }
    old = left;
  };
  take(isEqual);
  take((a, b) => ownName(a) !== undefined && ownName(a) === ownName(b));
  if (old.length * now.length <= MOST_COMPARISONS) {
    const found = byLikeness(old, now);
    pairs.push(...found);
    const taken = new Set(found.flat());
    old = old.filter((element) => !taken.has(element));
    now = now.filter((element) => !taken.has(element));
  }
  pairs.push(...old.map((element): ElementPair => [element, undefined]));
  pairs.push(...now.map((element): ElementPair => [undefined, element]));
  return inOrder(pairs, before, after);
}

/** What an element of a list calls itself; undefined when it does not say. */
export function ownName(element: unknown): string | undefined {
  if (typeof element !== 'object' || element === null) return undefined;
  for (const key of NAMING_KEYS) {
    const value = (element as Record<string, unknown>)[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function byLikeness(old: readonly unknown[], now: readonly unknown[]): ElementPair[] {
  const [oldLeaves, nowLeaves] = [old.map(leavesOf), now.map(leavesOf)];
  const scored = old.flatMap((element, x) =>
    now.map((other, y) => ({
      pair: [element, other] as ElementPair,
      x,
      y,
      score: likeness(oldLeaves[x], nowLeaves[y]),
    })),
  );
  const [usedOld, usedNow] = [new Set<number>(), new Set<number>()];
  return scored
    .filter(({ score }) => score >= LEAST_SHARED)
    .sort((a, b) => b.score - a.score)
    .flatMap(({ pair, x, y }) => {
      if (usedOld.has(x) || usedNow.has(y)) return [];
      usedOld.add(x);
      usedNow.add(y);
      return [pair];
    });
}

function likeness(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): number {
  const shared = [...a].filter((leaf) => b.has(leaf)).length;
  return shared / Math.max(a.size, b.size, 1);
}

function leavesOf(value: unknown): Set<string> {
  const leaves = new Set<string>();
  const visit = (each: unknown, path: string): void => {
    if (typeof each !== 'object' || each === null) leaves.add(`${path}=${String(each)}`);
    else for (const [key, member] of Object.entries(each)) visit(member, Array.isArray(each) ? path : `${path}/${key}`);
  };
  visit(value, '');
  return leaves;
}

/** As the list after has them; what went stands where it stood before. */
function inOrder(pairs: readonly ElementPair[], before: readonly unknown[], after: readonly unknown[]): ElementPair[] {
  const place = ([old, now]: ElementPair): number => (now === undefined ? before.indexOf(old) : after.indexOf(now));
  return [...pairs].sort((a, b) => place(a) - place(b));
}
