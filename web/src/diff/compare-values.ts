import { isEqual, type DiffNode, type DiffWords, type NodeChange } from './diff-node';
import { ownName, pairElements } from './pair-elements';
import { spelledOut } from './spelling';

/** Where a value stands and what it is called. */
export interface Spot {
  path: string;
  label: string;
  /** The key whose value it is: a setting's definition or a property. */
  key: string;
}

/** A value taken apart: what it says itself, and what is below it. */
interface Parts {
  own?: unknown;
  members?: Readonly<Record<string, unknown>>;
  elements?: readonly unknown[];
}

/**
 * Compares two JSON values into a node and its children; undefined on a side means that it is not there. Objects are
 * compared by key, lists of objects element by element as {@link pairElements} finds them, lists of plain values whole.
 */
export function compareValues(spot: Spot, before: unknown, after: unknown, words: DiffWords): DiffNode {
  const [old, now] = alike(partsOf(before), partsOf(after));
  const children = [...compareMembers(spot, old, now, words), ...compareElements(spot, old, now, words)];
  const isSame = isEqual(old.own, now.own) && children.every((child) => child.change === 'same');
  return {
    path: spot.path,
    label: spot.label,
    ...(spot.key === spot.label ? {} : { technicalName: spot.key }),
    change: changeOf(before !== undefined, after !== undefined, isSame),
    ...ownValues(old.own, now.own, spot.key, words),
    children,
  };
}

/** What people call a key; an identifier becomes words, anything else stays. */
export function labelFor(key: string, words: DiffWords): string {
  const name = words.labelOf(key);
  if (name !== undefined) return name;
  if (key === '@odata.type') return 'Type';
  if (!/^[a-z][A-Za-z0-9]*$/.test(key)) return key;
  return spelledOut(key);
}

function compareMembers(spot: Spot, old: Parts, now: Parts, words: DiffWords): DiffNode[] {
  const [before, after] = [old.members ?? {}, now.members ?? {}];
  const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  const labels = keys.map((key) => labelFor(key, words));
  return keys
    .map((key, at) => {
      const label = labels[at] ?? key;
      // Two settings of one name stay two.
      const own = labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} (${key})`;
      return compareValues({ path: `${spot.path}/${key}`, label: own, key }, before[key], after[key], words);
    })
    .sort(byLabel);
}

function compareElements(spot: Spot, old: Parts, now: Parts, words: DiffWords): DiffNode[] {
  if (old.elements === undefined && now.elements === undefined) return [];
  return pairElements(old.elements ?? [], now.elements ?? []).map(([before, after], at) => {
    const label = ownName(after ?? before) ?? `Entry ${at + 1}`;
    return compareValues({ path: `${spot.path}/[${at}]`, label, key: label }, before, after, words);
  });
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

export function byLabel(a: { label: string; path: string }, b: { label: string; path: string }): number {
  return COLLATOR.compare(a.label, b.label) || (a.path < b.path ? -1 : 1);
}

export function changeOf(wasThere: boolean, isThere: boolean, isSame: boolean): NodeChange {
  if (!wasThere) return isThere ? 'added' : 'same';
  if (!isThere) return 'removed';
  return isSame ? 'same' : 'changed';
}

/** The values in words; as they are where two that differ would read alike. */
function ownValues(
  before: unknown,
  after: unknown,
  key: string,
  words: DiffWords,
): { before?: unknown; after?: unknown } {
  const read = [inWords(before, key, words), inWords(after, key, words)];
  const [shownBefore, shownAfter] = isEqual(read[0], read[1]) && !isEqual(before, after) ? [before, after] : read;
  return {
    ...(shownBefore === undefined ? {} : { before: shownBefore }),
    ...(shownAfter === undefined ? {} : { after: shownAfter }),
  };
}

function inWords(value: unknown, key: string, words: DiffWords): unknown {
  if (typeof value === 'string') return words.valueOf(value, key) ?? value;
  return Array.isArray(value) ? value.map((element: unknown) => inWords(element, key, words)) : value;
}

function partsOf(value: unknown): Parts {
  if (typeof value !== 'object' || value === null) return { own: value };
  if (Array.isArray(value)) {
    const elements: unknown[] = value;
    return elements.some((element) => typeof element === 'object' && element !== null)
      ? { elements }
      : { own: elements };
  }
  const members = value as Record<string, unknown>;
  const keys = Object.keys(members);
  if (keys.length === 0) return { own: members };
  // A choice of the settings catalog with what it opens: `{value, children}`, as the API tells it.
  if (keys.length === 2 && isChoice(members)) return { own: members.value, members: members.children };
  return { members };
}

function isChoice(value: Record<string, unknown>): value is { value: unknown; children: Record<string, unknown> } {
  const { value: own, children } = value;
  const isPlain = own === null || typeof own !== 'object';
  return 'value' in value && isPlain && typeof children === 'object' && children !== null && !Array.isArray(children);
}

/**
 * A setting that stands once is told as itself, and as a list when it stands several times: then both are lists. A list
 * that never held more than one is no list for people.
 */
function alike(old: Parts, now: Parts): [Parts, Parts] {
  const [onlyOld, onlyNow] = [onlyElement(old), onlyElement(now)];
  if (onlyOld && (onlyNow || isAbsent(now))) return [onlyOld, onlyNow ?? now];
  if (onlyNow && isAbsent(old)) return [old, onlyNow];
  if (old.elements !== undefined && now.members !== undefined) return [old, { elements: [whole(now)] }];
  if (now.elements !== undefined && old.members !== undefined) return [{ elements: [whole(old)] }, now];
  return [old, now];
}

function onlyElement({ elements }: Parts): Parts | undefined {
  if (elements?.length !== 1) return undefined;
  const parts = partsOf(elements[0]);
  return parts.members === undefined ? undefined : parts;
}

function isAbsent({ own, members, elements }: Parts): boolean {
  return own === undefined && members === undefined && elements === undefined;
}

function whole({ own, members }: Parts): unknown {
  return own === undefined ? members : { value: own, children: members };
}
