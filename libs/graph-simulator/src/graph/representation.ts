import { bodiesOf, textOf, type GraphBody, type JsonValue } from '../store/graph-body.js';
import type { CollectionSpec, ExpandBehaviour, GraphVersion, Navigation } from './collections.js';
import { unknownProperty, type RequestTrace } from './graph-errors.js';
import type { ExpandItem, QueryOptions } from './query-options.js';

export const METADATA_ROOT = 'https://graph.microsoft.com';

/** Where an object stands in the answer: expansion differs between a list and a single object. */
export type Place = 'list' | 'item';

/** The object as Graph answers it at minimal metadata: children only where expanded, `@odata.type` only where it tells something. */
export function represent(
  spec: CollectionSpec,
  body: GraphBody,
  options: QueryOptions,
  place: Place,
  version: GraphVersion,
  trace: RequestTrace,
): GraphBody {
  const children = new Set(spec.navigation.map((navigation) => navigation.name));
  const own = Object.entries(body).filter(([key]) => !children.has(key) && (spec.polymorphic || key !== '@odata.type'));
  const shown = options.select === undefined ? own : own.filter(([key]) => isSelected(key, options.select ?? []));
  const expanded = options.expand.flatMap((item) => expand(spec, body, item, place, version, trace));
  return Object.fromEntries([...shown, ...expanded]);
}

/** Children of an object by name; a scheduled action's own children are left out unless asked for. */
export function childrenOf(body: GraphBody, item: ExpandItem): GraphBody[] {
  const children = bodiesOf(body, item.name);
  if (item.name !== 'scheduledActionsForRule' || item.expand.includes('scheduledActionConfigurations')) return children;
  return children.map((child) =>
    Object.fromEntries(Object.entries(child).filter(([key]) => key !== 'scheduledActionConfigurations')),
  );
}

function expand(
  spec: CollectionSpec,
  body: GraphBody,
  item: ExpandItem,
  place: Place,
  version: GraphVersion,
  trace: RequestTrace,
): [string, JsonValue][] {
  const navigation = spec.navigation.find((candidate) => candidate.name === item.name);
  if (navigation === undefined) throw unknownProperty(trace, item.name, spec, 'Select and Expand');
  const context = `${METADATA_ROOT}/${version}/$metadata#${spec.root}/${spec.key}('${textOf(body, 'id') ?? ''}')/${item.name}`;
  const annotation: [string, JsonValue] = [`${item.name}@odata.context`, context];
  switch (behaviour(navigation, place)) {
    case 'omitted':
      return [];
    case 'empty':
      return [annotation, [item.name, []]];
    case 'filled':
      return [annotation, [item.name, childrenOf(body, item)]];
  }
}

function behaviour(navigation: Navigation, place: Place): ExpandBehaviour {
  switch (place) {
    case 'list':
      return navigation.onList;
    case 'item':
      return navigation.onItem;
  }
}

function isSelected(key: string, select: readonly string[]): boolean {
  return key === '@odata.type' || select.includes(key);
}
