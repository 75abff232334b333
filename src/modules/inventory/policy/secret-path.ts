import { isObject, type JsonObject } from './json.js';

/** Called for each place that a path leads to; `holder[key]` is the value there. */
export type Visit = (holder: JsonObject, key: string) => void;

/**
 * Walks `root` along a path of the catalogue (`PolicyType.secretPaths`): names joined by `.`, `[]` = every element,
 * `**` = at any depth, `{type}` = only in objects of that `@odata.type`.
 */
export function visitPath(root: JsonObject, path: string, visit: Visit): void {
  step([root], partsOf(path), visit);
}

/** Dots inside `{…}` belong to the type's name. */
function partsOf(path: string): string[] {
  return path.match(/\{[^}]*\}|\*\*|[^.{}]+/g)?.filter((part) => part !== '.') ?? [];
}

function step(nodes: readonly unknown[], parts: readonly string[], visit: Visit): void {
  const [part, ...rest] = parts;
  if (part === undefined) return;
  const objects = nodes.filter(isObject);
  if (part === '**') return step(nodes.flatMap(withDescendants), rest, visit);
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

function withDescendants(node: unknown): unknown[] {
  if (Array.isArray(node)) return (node as unknown[]).flatMap(withDescendants);
  if (!isObject(node)) return [];
  return [node, ...Object.values(node).flatMap(withDescendants)];
}
