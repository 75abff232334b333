import type { GraphBody, JsonValue } from '../../store/graph-body.js';
import type { CollectionSpec } from '../collections.js';
import { MODEL, type PropertyType } from '../model/graph-model.js';

const EMPTY: Readonly<Record<string, JsonValue>> = {
  s: '',
  b: false,
  n: 0,
  d: '0001-01-01T00:00:00Z',
  D: '0001-01-01',
  t: '00:00:00.0000000',
  u: 'PT0S',
  x: '',
  g: '00000000-0000-0000-0000-000000000000',
};

/**
 * What a new object of the type has where nobody said anything: the service tells every property, as null, false, an empty
 * list or an enumeration's first member. Relations are left out, and complex values that may not be null.
 * @param type without `microsoft.graph.`
 */
export function valuesOfNew(type: string, spec: CollectionSpec): GraphBody {
  const relations = new Set(spec.navigation.map(({ name }) => name));
  const told = MODEL.properties(type).filter(([name]) => name !== 'id' && !relations.has(name));
  return Object.fromEntries(
    told.flatMap(([name, property]): [string, JsonValue][] => {
      const value = valueOf(property);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function valueOf({ type, list, nullable }: PropertyType): JsonValue | undefined {
  if (type === '@') return undefined;
  if (list) return [];
  if (nullable) return null;
  return EMPTY[type] ?? MODEL.members(type)?.[0];
}
