/** One Graph object or any part of one, as JSON carries it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A Graph object: its properties by name. Policy bodies stay opaque, as a typed copy would lose unknown properties. */
export interface GraphBody {
  [key: string]: JsonValue;
}

/** True for a JSON object that is neither null nor an array. */
export function isBody(value: unknown): value is GraphBody {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The property as text, or undefined when it is missing or of another kind. */
export function textOf(body: GraphBody, key: string): string | undefined {
  const value = body[key];
  return typeof value === 'string' ? value : undefined;
}

/** The property as a list of objects; an empty list when it is missing or of another kind. */
export function bodiesOf(body: GraphBody, key: string): GraphBody[] {
  const value = body[key];
  return Array.isArray(value) ? value.filter(isBody) : [];
}

/** JSON with keys in one order, so that two objects of the same content give the same text. */
export function canonicalJson(value: JsonValue): string {
  return JSON.stringify(value, (_key, part: JsonValue) =>
    isBody(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

/** The object without these properties. */
export function without(body: GraphBody, names: readonly string[]): GraphBody {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !names.includes(key)));
}
