import { everyObject, isObject, type JsonObject } from './json.js';

/** Called for each place that a path leads to; `holder[key]` is the value there. */
export type Visit = (holder: JsonObject, key: string) => void;

/**
 * Walks `root` along a path of the catalogue (`PolicyType.secretPaths`, `base64Fields`, `references`): names joined by `.`, `[]` = every element,
 * `**` = at any depth, `{type}` = only in objects of that `@odata.type`.
 */
export function visitPath(root: JsonObject, path: string, visit: Visit): void {
  step([root], partsOf(path), visit);
}

/** The values that a path leads to; a trailing `[]` gives each element. */
export function valuesAt(root: JsonObject, path: string): unknown[] {
  const found: unknown[] = [];
  const elements = path.endsWith('[]');
  visitPath(root, elements ? path.slice(0, -2) : path, (holder, key) => {
    const value = holder[key];
    if (!elements) found.push(value);
    else if (Array.isArray(value)) found.push(...(value as unknown[]));
  });
  return found;
}

/** Dots inside `{…}` belong to the type's name. */
function partsOf(path: string): string[] {
  return path.match(/\{[^}]*\}|\*\*|[^.{}]+/g)?.filter((part) => part !== '.') ?? [];
}

function step(nodes: readonly unknown[], parts: readonly string[], visit: Visit): void {
  const [part, ...rest] = parts;
  if (part === undefined) return;
  const objects = nodes.filter(isObject);
  if (part === '**') return step(everyObject(nodes), rest, visit);
  if (part.startsWith('{')) {
    const type = part.slice(1, -1);
    return step(
      objects.filter((node) => node['@odata.type'] === type),
      rest,
      visit,
    );
  }
  const each = part.endsWith('[]');
  const name = each ? part.slice(0, -2) : part;
  if (rest.length === 0 && !each) {
    for (const node of objects) if (Object.hasOwn(node, name)) visit(node, name);
    return;
  }
  const next = objects.map((node) => node[name]);
  step(each ? next.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [])) : next, rest, visit);
}
