import { randomUUID } from 'node:crypto';
import { stripAnnotations } from '../../store/exported-object.js';
import { bodiesOf, isBody, textOf, type GraphBody, type JsonValue } from '../../store/graph-body.js';
import type { Navigation } from '../collections.js';

/** Children that Graph does not take together with their parent: they have calls of their own. */
const APART = new Set(['assignments', 'definitionValues', 'localizedNotificationMessages', 'enrollmentProfiles']);
const BIND = '@odata.bind';

/** The children in the body of a new or replaced object, with ids where they have none. */
export function childrenIn(body: GraphBody, navigation: readonly Navigation[]): GraphBody {
  const entries = navigation.flatMap((entry): [string, JsonValue][] => {
    if (APART.has(entry.name)) return [];
    if (entry.source !== undefined && entry.source.kind !== 'reference') return [];
    const bound = body[`${entry.name}${BIND}`];
    if (bound !== undefined) return [[entry.name, boundTo(bound)]];
    const value = body[entry.name];
    if (value === undefined) return [];
    if (isBody(value)) return [[entry.name, value]];
    return [[entry.name, withIds(bodiesOf(body, entry.name), entry)]];
  });
  return Object.fromEntries(entries);
}

/** The relations that a change binds to other objects by URL. */
export function boundIn(body: GraphBody, navigation: readonly Navigation[]): GraphBody {
  const bound = Object.fromEntries(Object.entries(body).filter(([name]) => name.endsWith(BIND)));
  return childrenIn(bound, navigation);
}

/** Children with ids of the service: settings by their place, others by chance. */
export function withIds(
  children: readonly GraphBody[],
  navigation: Pick<Navigation, 'name' | 'children'>,
): GraphBody[] {
  return children.map((child, index) => {
    const bare = bareChild(child);
    const inner = (navigation.children ?? []).flatMap((entry): [string, JsonValue][] =>
      Array.isArray(bare[entry.name]) ? [[entry.name, withIds(bodiesOf(bare, entry.name), entry)]] : [],
    );
    const positional = navigation.name === 'settings' && bare.settingInstance !== undefined;
    const id = positional ? String(index) : (textOf(bare, 'id') ?? randomUUID());
    return { ...bare, ...Object.fromEntries(inner), id };
  });
}

/** A child without annotations; its type stays only where it is not the declared one. */
export function bareChild(child: GraphBody): GraphBody {
  const { child: bare = null } = stripAnnotations({ child });
  return isBody(bare) ? bare : {};
}

/** Ids that URLs in a bind name: `https://../roleDefinitions('x')` or `../roleDefinitions/x`. */
export function idsInBind(value: JsonValue): string[] {
  const urls = Array.isArray(value) ? value : [value];
  return urls.flatMap((url) => {
    if (typeof url !== 'string') return [];
    const id = /(?:\('([^']+)'\)|\/([^/()]+))\/?$/.exec(url);
    return id === null ? [] : [id[1] ?? id[2] ?? ''];
  });
}

function boundTo(value: JsonValue): JsonValue {
  const references = idsInBind(value).map((id) => ({ id }));
  return Array.isArray(value) ? references : (references[0] ?? null);
}
