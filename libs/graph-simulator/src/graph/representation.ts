import { textOf, type GraphBody, type JsonValue } from '../store/graph-body.js';
import type { TenantStore } from '../store/tenant-store.js';
import { pathOf, type CollectionSpec, type GraphVersion, type Navigation, type Withheld } from './collections.js';
import { badRequest, unknownProperty, type RequestTrace } from './graph-errors.js';
import { membersOf } from './navigation-members.js';
import type { ExpandItem } from './query-options.js';
import { withMaskedSecrets } from './secrets.js';

export const METADATA_ROOT = 'https://graph.microsoft.com';

/** Where an object stands in the answer: expansion and withheld properties differ between a list and a single object. */
export type Place = 'list' | 'item';

/** What a representation depends on beside the object. */
export interface Viewing {
  spec: CollectionSpec;
  tenant: TenantStore;
  version: GraphVersion;
  trace: RequestTrace;
  place: Place;
}

export interface Wanted {
  select: string[] | undefined;
  expand: ExpandItem[];
}

/** The object as Graph answers it at minimal metadata: children only where expanded, `@odata.type` only where it tells something. */
export function represent(body: GraphBody, wanted: Wanted, viewing: Viewing): GraphBody {
  const { spec } = viewing;
  const own = ownProperties(withMaskedSecrets(spec.key, body), spec.navigation).filter(
    ([key]) => spec.polymorphic || key !== '@odata.type',
  );
  const told = own.flatMap((entry) => withheld(entry, wanted, viewing));
  return Object.fromEntries([...chosen(told, wanted), ...expansions(spec.navigation, body, wanted, viewing, true)]);
}

/** A child or related object as Graph answers it below the relation. */
export function representMember(
  navigation: Navigation,
  member: GraphBody,
  wanted: Wanted,
  viewing: Viewing,
): GraphBody {
  const relations = navigation.children ?? [];
  return Object.fromEntries([
    ...chosen(ownProperties(member, relations), wanted),
    ...expansions(relations, member, wanted, viewing, false),
  ]);
}

function ownProperties(body: GraphBody, relations: readonly Navigation[]): [string, JsonValue][] {
  const names = new Set(relations.map(({ name }) => name));
  return Object.entries(body).filter(([key]) => !names.has(key));
}

function chosen(properties: [string, JsonValue][], { select }: Wanted): [string, JsonValue][] {
  if (select === undefined) return properties;
  const names = new Set(select.map(selectedName));
  return properties.filter(([key]) => key === '@odata.type' || names.has(key));
}

/** The property that a path in `$select` begins with, behind a cast to a type. */
export function selectedName(path: string): string {
  return path.split('/').find((part) => !part.includes('.')) ?? path;
}

function withheld([key, value]: [string, JsonValue], wanted: Wanted, viewing: Viewing): [string, JsonValue][] {
  const rule = viewing.spec.withheld.find(({ name }) => name === key);
  if (rule === undefined || !isWithheld(rule, wanted, viewing.place)) return [[key, value]];
  switch (rule.shownAs) {
    case 'null':
      return [[key, null]];
    case 'emptyList':
      return [[key, []]];
    case 'absent':
      return [];
  }
}

function isWithheld(rule: Withheld, { select }: Wanted, place: Place): boolean {
  switch (rule.on) {
    case 'list':
      return place === 'list';
    case 'unselected':
      return place === 'list' || select?.includes(rule.name) !== true;
    case 'always':
      return true;
  }
}

/** The cast that follows an object of a derived type in the path to its relations. */
export function castOf({ entityType }: Pick<CollectionSpec, 'entityType'>, body: GraphBody): string {
  const type = textOf(body, '@odata.type')?.replace(/^#/, '') ?? entityType;
  return type === entityType ? '' : `/${type}`;
}

function expansions(
  relations: readonly Navigation[],
  body: GraphBody,
  wanted: Wanted,
  viewing: Viewing,
  annotated: boolean,
): [string, JsonValue][] {
  return wanted.expand.flatMap((item) => {
    const { spec, version, trace } = viewing;
    const navigation = relations.find(({ name }) => name === item.name);
    if (navigation === undefined) throw unknownProperty(trace, item.name, spec, 'Select and Expand');
    const at = `${pathOf(spec)}('${textOf(body, 'id') ?? ''}')${castOf(spec, body)}`;
    const context = `${METADATA_ROOT}/${version}/$metadata#${at}/${item.name}`;
    const annotation: [string, JsonValue][] = annotated ? [[`${item.name}@odata.context`, context]] : [];
    switch (viewing.place === 'list' ? navigation.onList : navigation.onItem) {
      case 'refused':
        throw badRequest(trace, `The property '${item.name}' cannot be expanded on type '${spec.entityType}'.`);
      case 'omitted':
        return [];
      case 'empty':
        return [...annotation, [item.name, []]];
      case 'filled': {
        const members = membersOf(viewing.tenant, navigation, body).map((member) =>
          representMember(navigation, member, item, viewing),
        );
        return [...annotation, [item.name, navigation.single === true ? (members[0] ?? null) : members]];
      }
    }
  });
}
