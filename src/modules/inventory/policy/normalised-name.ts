/** ` - v3.6`, `_v2`, ` (v1.0)`, ` v3.1`, ` - version 2`; a bare digit or the 1 of `SMBv1` is part of the name. */
const VERSION_SUFFIX =
  /(?:\s*[-–_|]\s*(?:v|ver\.?\s?|version\s)\d+(?:\.\d+)*|\s*\((?:v|version\s)\d+(?:\.\d+)*\)|\s+v\d+(?:\.\d+)+)\s*$/i;

/** A policy's name without its trailing version and with single spaces: the same for two versions of one policy. */
export function normalisedName(name: string): string {
  const plain = name.normalize('NFC').replace(/\s+/g, ' ').trim();
  const bare = plain.replace(VERSION_SUFFIX, '').trim();
  return bare === '' ? plain : bare;
}
