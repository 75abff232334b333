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

/** The keys of an object by code unit. They are few and often in order, which sorting by insertion is quickest for. */
export function sortedKeys(value: JsonObject): string[] {
  const keys = Object.keys(value);
  if (keys.length > MOST_INSERTED) return keys.sort();
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] as string;
    let to = at;
    for (; to > 0 && (keys[to - 1] as string) > key; to -= 1) keys[to] = keys[to - 1] as string;
    keys[to] = key;
  }
  return keys;
}

const MOST_INSERTED = 24;

/** The object with its members in the order of their names. */
export function inOrder(value: JsonObject): JsonObject {
  const ordered: JsonObject = {};
  for (const key of sortedKeys(value)) ordered[key] = value[key];
  return ordered;
}

/**
 * The canonical JSON of a value whose objects were given their members in the order of their names. JavaScript itself puts
 * names that are whole numbers first, so that where one is, the slower way is gone.
 */
export function inOrderJson(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return NUMBERED_NAME.test(text) ? canonicalJson(value) : text;
}

const NUMBERED_NAME = /"\d+":/;

/** Sha-256, in hex, over the canonical JSON. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** Sha-256, in hex, over the texts one after the other, in UTF-8. */
export function sha256(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return hash.digest('hex');
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

/**
 * A multiset in one fixed order: equal ones are equal as lists.
 * @param json canonical JSON of a value
 */
export function asMultiset<T>(values: readonly T[], json: (value: T) => string = canonicalJson): T[] {
  if (values.length < 2) return [...values];
  return values
    .map((value) => ({ value, key: json(value) }))
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
  return isStorableText(text) ? text : text.replace(UNSTORABLE, '\u{fffd}');
}

/** Whether PostgreSQL can hold a text in jsonb. */
export function isStorableText(text: string): boolean {
  // Node.js 20 has the method; the description of ES2023 does not.
  return (text as string & { isWellFormed(): boolean }).isWellFormed() && !text.includes('\0');
}
