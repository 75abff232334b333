import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import { folderOf, type Layout } from '#libs/policy-folders/src/folder-names.js';

/** What of a policy its place in an archive depends on, and nothing else: the place is the same in every archive. */
export interface EntrySubject {
  /** A key of the policy catalogue, or one that an earlier version stored. */
  type: string;
  /** `@odata.type` of the object itself, where it says one. */
  odataType: string | undefined;
  /** `technologies` of a settings catalog policy. */
  technologies: string | undefined;
  name: string;
  externalId: string;
}

/** Device configurations that IntuneManagement keeps in a folder of their own. */
const UPDATE_POLICIES: ReadonlySet<string | undefined> = new Set([
  '#microsoft.graph.windowsUpdateForBusinessConfiguration',
  '#microsoft.graph.iosUpdateConfiguration',
]);

/** File names end at 255 bytes on the common file systems; this leaves room for the id. */
const MOST_NAME_BYTES = 150;
const MOST_ID_BYTES = 80;

/** What Windows or a shell takes for something else, and what would turn a line of text around. */
const UNSAFE = /[\p{Cc}<>:"/\\|?*\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * `<folder>/<name>__<id>.json`, the form that IntuneCD writes with `--append-id` (BaseBackupModule.py). The id keeps two
 * policies of one name apart, also where a file system takes upper and lower case for the same.
 */
export function entryPath(layout: Layout, subject: EntrySubject): string {
  const suffix = layout === 'intuneCd' ? suffixOf(subject) : '';
  const name = safePart(subject.name, MOST_NAME_BYTES - Buffer.byteLength(suffix));
  return `${folderIn(layout, subject)}/${name}${suffix}__${safePart(subject.externalId, MOST_ID_BYTES)}.json`;
}

function folderIn(layout: Layout, { type, odataType }: EntrySubject): string {
  const other = safePart(type, MOST_ID_BYTES);
  switch (layout) {
    case 'intuneManagement':
      return UPDATE_POLICIES.has(odataType) ? 'UpdatePolicies' : (folderOf(layout, type) ?? other);
    case 'intuneCd':
      return folderOf(layout, type) ?? other;
    case 'graph':
      return graphPathOf(type) ?? other;
  }
}

/** The path of a type's collection without the version: `deviceManagement/configurationPolicies`. */
export function graphPathOf(typeKey: string): string | undefined {
  return policyType(typeKey)?.collection.path.replace(/^\/[^/]+\//, '');
}

/** IntuneCD appends the type, or else the last technology (`_append_config_type`, `SettingsCatalog.py`). */
function suffixOf({ odataType, technologies }: EntrySubject): string {
  const suffix = technologies?.split(',').at(-1) ?? odataType?.split('.')[2];
  return suffix ? `_${safePart(suffix, MOST_ID_BYTES)}` : '';
}

/** The text as a part of a file name that leads nowhere else, at most `bytes` of UTF-8; `_` when nothing is left. */
function safePart(text: string, bytes: number): string {
  const safe = text
    .normalize('NFC')
    .replace(UNSAFE, '_')
    .replace(/^[.\s]+/, '');
  const cut = firstBytes(safe, bytes)
    .replace(/[.\s]+$/, '')
    .replace(DEVICE_NAME, '_$&');
  return cut === '' ? '_' : cut;
}

/** As much of the text as fits, never half of what a reader takes for one character. */
function firstBytes(text: string, bytes: number): string {
  let left = bytes;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    left -= Buffer.byteLength(segment);
    if (left < 0) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
