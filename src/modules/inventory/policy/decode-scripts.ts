import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { copyOf, type JsonObject } from './json.js';
import { visitPath } from './secret-path.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The object with its scripts and profiles as text. What is no UTF-8, or could not be stored as text, stays base64 in one
 * spelling: in both forms two values are equal exactly when their bytes are.
 */
export function decodeScripts({ base64Fields }: PolicyType, raw: JsonObject): JsonObject {
  if (!base64Fields || base64Fields.length === 0) return raw;
  const object = copyOf(raw);
  for (const path of base64Fields) {
    visitPath(object, path, (holder, key) => {
      const value = holder[key];
      if (typeof value === 'string') holder[key] = decoded(value);
    });
  }
  return object;
}

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

function decoded(value: string): string {
  if (value === '' || !BASE64.test(value)) return value;
  const bytes = Buffer.from(value, 'base64');
  try {
    const text = UTF8.decode(bytes);
    return text.includes('\0') ? bytes.toString('base64') : text;
  } catch {
    return bytes.toString('base64');
  }
}
