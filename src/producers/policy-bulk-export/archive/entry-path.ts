import type { PolicyTypeKey } from '#libs/graph-client/src/catalogue/policy-type.js';

/** What of a policy its place in an archive depends on, and nothing else: the place is the same in every archive. */
export interface EntrySubject {
  /** A key of the policy catalogue, or one that an earlier version stored. */
  type: string;
  /** `@odata.type` of the object itself, where it says one. */
  odataType: string | undefined;
  name: string;
  externalId: string;
}

/**
 * A folder per type, as IntuneManagement names and reads them (`Id` of its view items, Extensions/EndpointManager.psm1);
 * the OpenIntuneBaseline exports lie in the same folders.
 */
const FOLDERS: Readonly<Record<PolicyTypeKey, string>> = {
  settingsCatalog: 'SettingsCatalog',
  deviceConfiguration: 'DeviceConfiguration',
  deviceCompliancePolicy: 'CompliancePolicies',
  windowsDriverUpdateProfile: 'DriverUpdateProfiles',
  iosManagedAppProtection: 'AppProtection',
  androidManagedAppProtection: 'AppProtection',
};

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
export function entryPath({ type, odataType, name, externalId }: EntrySubject): string {
  const known: Readonly<Record<string, string>> = FOLDERS;
  const folder = UPDATE_POLICIES.has(odataType) ? 'UpdatePolicies' : (known[type] ?? safePart(type, MOST_ID_BYTES));
  return `${folder}/${safePart(name, MOST_NAME_BYTES)}__${safePart(externalId, MOST_ID_BYTES)}.json`;
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
