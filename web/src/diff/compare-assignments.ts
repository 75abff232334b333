import type { PolicyAssignment } from '../api/policies';
import { byLabel, changeOf, compareValues } from './compare-values';
import { isEqual, type DiffNode, type DiffWords } from './diff-node';

export type Assignment = PolicyAssignment;

/** The names of what assignments refer to by id; undefined where no name is known. */
export interface TargetNames {
  group: (groupId: string) => string | undefined;
  filter: (filterId: string) => string | undefined;
}

export const NO_TARGET_NAMES: TargetNames = { group: () => undefined, filter: () => undefined };

const EVERYBODY: Readonly<Record<string, string>> = { allDevices: 'All devices', allLicensedUsers: 'All users' };

/**
 * Compares whom a policy is for, by group: one that was included and is excluded now is one change, not two. Filter,
 * intent and whatever else an assignment says stand below it.
 */
export function compareAssignments(
  before: readonly Assignment[],
  after: readonly Assignment[],
  words: DiffWords,
  names: TargetNames,
): DiffNode[] {
  const [old, now] = [byTarget(before), byTarget(after)];
  return [...new Set([...now.keys(), ...old.keys()])]
    .flatMap((target) => {
      const pairs = paired(old.get(target) ?? [], now.get(target) ?? []);
      return pairs.map(([was, is], at) => {
        const path = `assignments/${target}${at === 0 ? '' : `/${at + 1}`}`;
        return compareOne(path, was, is, words, names);
      });
    })
    .sort(byLabel);
}

/** Whom an assignment is for, in words. */
export function targetLabel({ target, groupId, collectionId }: Assignment, names: TargetNames): string {
  if (groupId !== undefined) return names.group(groupId) ?? groupId;
  return EVERYBODY[target] ?? collectionId ?? target;
}

/** `Included`, `Excluded`. */
export function modeWords({ target }: Assignment): string {
  return target.toLowerCase().startsWith('exclusion') ? 'Excluded' : 'Included';
}

/** `Include: Corporate devices`; undefined without a filter. */
export function filterWords({ filterId, filterType }: Assignment, names: TargetNames): string | undefined {
  if (filterId === undefined) return undefined;
  return `${filterType === 'exclude' ? 'Exclude' : 'Include'}: ${names.filter(filterId) ?? filterId}`;
}

function compareOne(
  path: string,
  was: Assignment | undefined,
  is: Assignment | undefined,
  words: DiffWords,
  names: TargetNames,
): DiffNode {
  const one = is ?? was;
  const label = one === undefined ? path : targetLabel(one, names);
  const id = one?.groupId ?? one?.collectionId;
  const children = (['Filter', 'Intent', 'Details'] as const).flatMap((part) => {
    const [old, now] = [partOf(part, was, names), partOf(part, is, names)];
    if (old === undefined && now === undefined) return [];
    return [compareValues({ path: `${path}/${part.toLowerCase()}`, label: part, key: part }, old, now, words)];
  });
  const [before, after] = [was && modeWords(was), is && modeWords(is)];
  const isSame = before === after && children.every((child) => child.change === 'same');
  return {
    path,
    label,
    ...(id === undefined || id === label ? {} : { technicalName: id }),
    change: changeOf(was !== undefined, is !== undefined, isSame),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    children,
  };
}

function partOf(
  part: 'Filter' | 'Intent' | 'Details',
  assignment: Assignment | undefined,
  names: TargetNames,
): unknown {
  if (assignment === undefined) return undefined;
  switch (part) {
    case 'Filter':
      return filterWords(assignment, names);
    case 'Intent':
      return assignment.intent;
    case 'Details':
      return assignment.details;
  }
}

function byTarget(assignments: readonly Assignment[]): Map<string, Assignment[]> {
  const found = new Map<string, Assignment[]>();
  for (const assignment of assignments) {
    const key = assignment.groupId ?? assignment.collectionId ?? assignment.target;
    found.set(key, [...(found.get(key) ?? []), assignment]);
  }
  return found;
}

/** A group may be a target several times, with several intents: equal ones belong together. */
function paired(
  before: readonly Assignment[],
  after: readonly Assignment[],
): [Assignment | undefined, Assignment | undefined][] {
  const left = [...after];
  const same = before.map((was): [Assignment, Assignment | undefined] => {
    const at = left.findIndex((is) => isEqual(was, is));
    return [was, at < 0 ? undefined : left.splice(at, 1)[0]];
  });
  const some = same.map(([was, is]): [Assignment, Assignment | undefined] => {
    if (is !== undefined) return [was, is];
    const at = left.findIndex((other) => other.intent === was.intent);
    return [was, at >= 0 ? left.splice(at, 1)[0] : left.shift()];
  });
  return [...some, ...left.map((is): [undefined, Assignment] => [undefined, is])];
}
