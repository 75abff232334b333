import type { EvidenceChange } from '../api/findings';
import { compareAssignments, type Assignment, type TargetNames } from './compare-assignments';
import { byLabel, compareValues, labelFor } from './compare-values';
import { groupOf, type DiffNode, type DiffWords } from './diff-node';

/** A policy's content as the API tells it, of a version, a backup or a preview alike. */
export interface PolicyDocument {
  name: string;
  description: string | null;
  settings: readonly { settingDefinitionId: string; value?: unknown }[];
  properties: Readonly<Record<string, unknown>>;
  assignments: readonly Assignment[];
}

export const DOCUMENT_PARTS = ['general', 'settings', 'properties', 'assignments'] as const;
export type DocumentPart = (typeof DOCUMENT_PARTS)[number];

export const PART_WORDS: Record<DocumentPart, string> = {
  general: 'Name and description',
  settings: 'Settings',
  properties: 'Properties',
  assignments: 'Assignments',
};

export interface DocumentNames {
  words: DiffWords;
  targets: TargetNames;
}

/**
 * Compares two states of a policy; null is the state of one that was not there. A part that neither has is left out.
 * @param parts what is compared; all of it when left out
 */
export function compareDocuments(
  before: PolicyDocument | null,
  after: PolicyDocument | null,
  { words, targets }: DocumentNames,
  parts: readonly DocumentPart[] = DOCUMENT_PARTS,
): DiffNode[] {
  const nodes: Record<DocumentPart, () => DiffNode[]> = {
    general: () =>
      (['name', 'description'] as const).flatMap((key) => {
        const [old, now] = [before?.[key] ?? undefined, after?.[key] ?? undefined];
        if (old === undefined && now === undefined) return [];
        const label = key === 'name' ? 'Name' : 'Description';
        return [compareValues({ path: `general/${key}`, label, key }, old, now, words)];
      }),
    settings: () => comparePairs('settings', settingsOf(before), settingsOf(after), words),
    properties: () => comparePairs('properties', before?.properties ?? {}, after?.properties ?? {}, words),
    assignments: () => compareAssignments(before?.assignments ?? [], after?.assignments ?? [], words, targets),
  };
  return DOCUMENT_PARTS.filter((part) => parts.includes(part)).flatMap((part) => grouped(part, nodes[part]()));
}

/** The same tree from single changes: what a drift finding keeps when its versions cannot be read. */
export function treeOfChanges(changes: readonly EvidenceChange[], { words, targets }: DocumentNames): DiffNode[] {
  const found: Record<DocumentPart, DiffNode[]> = { general: [], settings: [], properties: [], assignments: [] };
  const [old, now]: [Assignment[], Assignment[]] = [[], []];
  for (const { path, settingDefinitionId, change, before, after } of changes) {
    const [was, is] = [change === 'added' ? undefined : before, change === 'removed' ? undefined : after];
    if (path.startsWith('assignments/')) {
      old.push(...assignmentsIn(was));
      now.push(...assignmentsIn(is));
    } else if (settingDefinitionId !== undefined) {
      const label = labelFor(settingDefinitionId, words);
      found.settings.push(compareValues({ path, label, key: settingDefinitionId }, was, is, words));
    } else if (GENERAL_WORDS[path] !== undefined) {
      const spot = { path: `general/${path}`, label: GENERAL_WORDS[path], key: path };
      found.general.push(compareValues(spot, was, is, words));
    } else {
      const keys = path.split('.');
      const label = keys.map((key) => labelFor(key, words)).join(' › ');
      const spot = { path: `properties/${keys.join('/')}`, label, key: path };
      found.properties.push(compareValues(spot, was, is, words));
    }
  }
  found.assignments = compareAssignments(old, now, words, targets);
  return DOCUMENT_PARTS.flatMap((part) => grouped(part, found[part]));
}

const GENERAL_WORDS: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  id: 'Microsoft Graph id',
  policy: 'The policy itself',
};

function grouped(part: DocumentPart, nodes: readonly DiffNode[]): DiffNode[] {
  return nodes.length === 0 ? [] : [groupOf(part, PART_WORDS[part], nodes)];
}

function comparePairs(
  part: DocumentPart,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  words: DiffWords,
): DiffNode[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])]
    .map((key) =>
      compareValues({ path: `${part}/${key}`, label: labelFor(key, words), key }, before[key], after[key], words),
    )
    .sort(byLabel);
}

/** By definition; the API tells each once. */
function settingsOf(document: PolicyDocument | null): Record<string, unknown> {
  return Object.fromEntries(
    (document?.settings ?? []).map(({ settingDefinitionId, value }) => [settingDefinitionId, value ?? null]),
  );
}

/** Evidence tells one assignment as itself and several of one target as a list; a shortened one is only text. */
function assignmentsIn(value: unknown): Assignment[] {
  return [value].flat().filter((each): each is Assignment => typeof each === 'object' && each !== null);
}
