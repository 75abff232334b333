import { createHash } from 'node:crypto';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON with the keys of every object sorted by code unit; equal values give equal text. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    let text = '';
    for (const element of value as unknown[])
      text += text === '' ? canonicalJson(element) : `,${canonicalJson(element)}`;
    return `[${text}]`;
  }
  if (!isObject(value)) return JSON.stringify(value ?? null);
  let text = '';
  for (const key of sortedKeys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Canonical content has its keys in order already, so that most need no sorting. */
function sortedKeys(value: JsonObject): string[] {
  const keys = Object.keys(value);
  let last = '';
  for (const key of keys) {
    if (key < last) return keys.sort();
    last = key;
  }
  return keys;
}

/** Sha-256, in hex, over the canonical JSON. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** Sha-256, in hex, over the text in UTF-8. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Every object in a value, itself included. */
export function everyObject(value: unknown, found: JsonObject[] = []): JsonObject[] {
  if (Array.isArray(value)) for (const element of value as unknown[]) everyObject(element, found);
  else if (isObject(value)) {
    found.push(value);
    for (const key in value) everyObject(value[key], found);
  }
  return found;
}

/**
 * A copy of a value of JSON that shares no object with it.
 * @param text makes of each text, keys included, what stands in the copy
 */
export function copyOf<T>(value: T, text: (text: string) => string = same): T {
  if (typeof value === 'string') return text(value) as T;
  if (Array.isArray(value)) return value.map((element: unknown) => copyOf(element, text)) as T;
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const key in value) {
    const name = text(key);
    // An assignment to this name would set the prototype.
    if (name === '__proto__') Object.defineProperty(copy, name, { value: copyOf(value[key], text), enumerable: true });
    else copy[name] = copyOf(value[key], text);
  }
  return copy as T;
}

const same = (text: string): string => text;

/** A multiset in one fixed order: equal ones are equal as lists. */
export function asMultiset<T>(values: readonly T[]): T[] {
  if (values.length < 2) return [...values];
  return values
    .map((value) => ({ value, key: canonicalJson(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ value }) => value);
}

/**
 * A copy of the value with every text as PostgreSQL can hold it in jsonb: NUL and halves of a surrogate pair become
 * U+FFFD. Texts that hold neither, all real ones, stay as they are.
 */
export function storable<T>(value: T): T {
  return copyOf(value, storableText);
}

const UNSTORABLE = /\0|\p{Surrogate}/gu;

function storableText(text: string): string {
  return text.search(UNSTORABLE) < 0 ? text : text.replace(UNSTORABLE, '\u{fffd}');
}
