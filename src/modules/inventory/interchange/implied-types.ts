import { asMultiset, canonicalJson, isObject, type JsonObject } from '../policy/json.js';

const TYPE = '@odata.type';

/**
 * The properties of a file without the types that Graph leaves out where the property declares them. Exports with full
 * metadata (IntuneManagement) say the type of every nested value; a reading says only those that stand for a base type.
 * So where the tenant's value says none, it is the declared one, and the file's tells nothing.
 * @param file canonical properties, as is `tenant`
 */
export function withoutImpliedTypes(file: JsonObject, tenant: JsonObject): JsonObject {
  const kept = Object.entries(file).filter(([key]) => key !== TYPE || tenant[TYPE] !== undefined);
  return Object.fromEntries(kept.map(([key, value]) => [key, valueWithout(value, tenant[key])]));
}

function valueWithout(file: unknown, tenant: unknown): unknown {
  if (Array.isArray(file) && Array.isArray(tenant)) return listWithout(file, tenant);
  return isObject(file) && isObject(tenant) ? withoutImpliedTypes(file, tenant) : file;
}

/** Canonical lists are sorted by what they hold, but for the few whose order counts. */
function listWithout(file: readonly unknown[], tenant: readonly unknown[]): unknown[] {
  const isSorted = canonicalJson(asMultiset(file)) === canonicalJson(file);
  const inOrder = (list: readonly unknown[]): readonly unknown[] => (isSorted ? asMultiset(list) : list);
  const saysTypes = tenant.some((element) => isObject(element) && element[TYPE] !== undefined);
  const bare = file.map((element) => (isObject(element) && !saysTypes ? withoutType(element) : element));
  return [...inOrder(inOrder(bare).map((element, index) => valueWithout(element, tenant[index])))];
}

function withoutType(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== TYPE));
}
