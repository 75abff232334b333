import { hash } from 'node:crypto';
import type { Json } from '#libs/run-kit/src/run-type.js';

/** The scheme's version: a changed scheme must not match the rows of an older one. */
const VERSION = 'v1';

/** JSON with sorted keys, so that equal values have equal text. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value as Readonly<Record<string, Json>>).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Under which two starts of one tenant count as the same run while one is active: 32 bytes, as 64 hexadecimal digits. */
export function runIdentityHash(kind: string, scope: Json): string {
  return hash('sha256', `${VERSION}|${kind}|${canonicalJson(scope)}`);
}
