import { createHash } from 'node:crypto';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON with the keys of every object sorted by code unit; equal values give equal text. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
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

/** A copy of a value of JSON that shares nothing with it. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyOf(member)])) as T;
}

/** A multiset in one fixed order: equal ones are equal as lists. */
export function asMultiset<T>(values: readonly T[]): T[] {
  if (values.length < 2) return [...values];
  return values
    .map((value) => ({ value, key: canonicalJson(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ value }) => value);
}

/**
 * The value with every text as PostgreSQL can hold it in jsonb: NUL and halves of a surrogate pair become U+FFFD.
 * Texts that hold neither, all real ones, stay as they are.
 */
export function storable(value: unknown): unknown {
  return isStorable(value) ? value : madeStorable(value);
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !/\0|\p{Surrogate}/u.test(value);
  if (Array.isArray(value)) return value.every(isStorable);
  if (!isObject(value)) return true;
  for (const key in value) if (!isStorable(key) || !isStorable(value[key])) return false;
  return true;
}

function madeStorable(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\0|\p{Surrogate}/gu, '\u{fffd}');
  if (Array.isArray(value)) return value.map(madeStorable);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [madeStorable(key) as string, madeStorable(member)]);
  return Object.fromEntries(members);
}
