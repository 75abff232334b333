import { relationsAt } from './derived-relations.js';
import { isBody, textOf, type GraphBody, type JsonValue } from '../store/graph-body.js';
import type { GraphCall } from './graph-call.js';
import type { CollectionSpec, Navigation } from './collections.js';
import { pathOf } from './collections.js';
import { MODEL, modelName, type PropertyType } from './model/graph-model.js';

export type MetadataLevel = 'minimal' | 'full' | 'none';

const TIME_TYPES: Readonly<Record<string, string>> = {
  d: 'DateTimeOffset',
  D: 'Date',
  t: 'TimeOfDay',
  u: 'Duration',
  x: 'Binary',
  g: 'Guid',
};
const IN_LISTS: Readonly<Record<string, string>> = { ...TIME_TYPES, s: 'String', b: 'Boolean', n: 'Int32' };
const KEPT = new Set(['@odata.nextLink', '@odata.deltaLink', '@odata.count']);

/** How much of OData's own the caller wants: `Accept: application/json;odata.metadata=full`, minimal unless told. */
export function levelOf(call: Pick<GraphCall, 'header'>): MetadataLevel {
  const level = /odata\.metadata=(full|none)/i.exec(call.header('Accept') ?? '')?.[1]?.toLowerCase();
  return level === 'full' || level === 'none' ? level : 'minimal';
}

/** A body at level `none`: without every annotation but links to further pages and counts. */
export function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (!isBody(value)) return value;
  const told = Object.entries(value).filter(([key]) => KEPT.has(key) || !key.includes('@'));
  return Object.fromEntries(told.map(([key, inner]) => [key, withoutMetadata(inner)]));
}

/**
 * An object of a collection at level `full`, as exports of real tenants have it: its own id and edit link, links to its
 * relations and actions, and the type of every value that JSON alone does not tell.
 */
export function withFullMetadata(call: GraphCall, spec: CollectionSpec, body: GraphBody): GraphBody {
  const at = `${pathOf(spec)}('${textOf(body, 'id') ?? ''}')`;
  const root = `${call.origin}/${call.version}`;
  const names = [...Object.keys(spec.writes?.actions ?? {}), ...assignAction(spec)].sort();
  const actions = names.map((name): [string, JsonValue] => [
    `#microsoft.graph.${name}`,
    {
      title: `microsoft.graph.${name}`,
      target: `${root}/${at}${spec.polymorphic ? `/${spec.entityType}` : ''}/microsoft.graph.${name}`,
    },
  ]);
  return {
    ...entity(
      { root, at },
      modelName(spec.entityType),
      relationsAt(spec, modelName(textOf(body, '@odata.type') ?? '')),
      body,
    ),
    ...(body.id === undefined ? {} : Object.fromEntries(actions)),
  };
}

function assignAction({ writes }: CollectionSpec): string[] {
  return writes?.assign?.style === 'replace' ? [writes.assign.action] : [];
}

/** A member of a relation at level `full`; `at` is the relation's path below the version. */
export function withFullMember(
  call: GraphCall,
  at: string,
  declared: string,
  navigation: Navigation,
  member: GraphBody,
): GraphBody {
  return child({ root: `${call.origin}/${call.version}`, at }, declared, navigation, member);
}

interface Where {
  /** Origin and version. */
  root: string;
  at: string;
}

function entity(where: Where, declared: string, relations: readonly Navigation[], body: GraphBody): GraphBody {
  const type = modelName(textOf(body, '@odata.type') ?? declared);
  const self = `${where.at}${type === declared ? '' : `/microsoft.graph.${type}`}`;
  const own = relations.filter(({ name, derived }) => derived !== true || MODEL.property(type, name) !== undefined);
  const links = own.flatMap(({ name }): [string, JsonValue][] => [
    [`${name}@odata.associationLink`, `${where.root}/${self}/${name}/$ref`],
    [`${name}@odata.navigationLink`, `${where.root}/${self}/${name}`],
  ]);
  const told = Object.entries(body).flatMap(([key, value]): [string, JsonValue][] => {
    const relation = own.find(({ name }) => name === key);
    if (relation === undefined) return annotated(type, key, value);
    const below = { root: where.root, at: `${where.at}/${key}` };
    const declaredBelow = MODEL.property(type, key)?.type ?? '';
    if (Array.isArray(value))
      return [[key, value.map((one) => (isBody(one) ? child(below, declaredBelow, relation, one) : one))]];
    return [[key, isBody(value) ? child(below, declaredBelow, relation, value) : value]];
  });
  return {
    '@odata.type': `#microsoft.graph.${type}`,
    ...(body.id === undefined ? {} : { '@odata.id': where.at, '@odata.editLink': self }),
    ...Object.fromEntries(told.filter(([key]) => key !== '@odata.type')),
    ...(body.id === undefined ? {} : Object.fromEntries(links)),
  };
}

function child(
  { root, at }: Where,
  declared: string,
  { single, children = [] }: Navigation,
  member: GraphBody,
): GraphBody {
  const own = single === true ? at : `${at}('${textOf(member, 'id') ?? ''}')`;
  return entity({ root, at: own }, declared, children, member);
}

function annotated(type: string, key: string, value: JsonValue): [string, JsonValue][] {
  const property = MODEL.property(type, key);
  if (property === undefined || value === null) return [[key, value]];
  const told = typeAnnotation(property);
  const annotation: [string, JsonValue][] = told === undefined ? [] : [[`${key}@odata.type`, told]];
  return [...annotation, [key, deep(property.type, value)]];
}

/** Complex values name their own type, wherever they stand. */
function deep(declared: string, value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((element) => deep(declared, element));
  if (!isBody(value) || !MODEL.knows(declared)) return value;
  const type = modelName(textOf(value, '@odata.type') ?? declared);
  const told = Object.entries(value).flatMap(([key, inner]) => annotated(type, key, inner));
  return {
    '@odata.type': `#microsoft.graph.${type}`,
    ...Object.fromEntries(told.filter(([key]) => key !== '@odata.type')),
  };
}

function typeAnnotation({ type, list }: PropertyType): string | undefined {
  if (list) return `#Collection(${IN_LISTS[type] ?? `microsoft.graph.${type}`})`;
  if (type.startsWith('~')) return `#microsoft.graph.${type.slice(1)}`;
  if (MODEL.members(type) !== undefined) return `#microsoft.graph.${type}`;
  return TIME_TYPES[type] === undefined ? undefined : `#${TIME_TYPES[type]}`;
}
