import { isBody, textOf, without, type GraphBody } from '../store/graph-body.js';
import type { StoredPolicy } from '../store/tenant-store.js';
import { collectionOf, pathOf, type CollectionSpec, type Navigation } from './collections.js';
import { NO_FILTER } from './collections/filter-spec.js';
import { readFilter } from './filter/collection-filter.js';
import { relationsAt } from './derived-relations.js';
import { familyOf, type GraphCall } from './graph-call.js';
import { badRequest, GraphRefusal, noRoute, notFound, unknownSegment, type GraphReply } from './graph-errors.js';
import { levelOf, withFullMember, withFullMetadata } from './metadata-level.js';
import { MODEL, modelName } from './model/graph-model.js';
import { membersOf } from './navigation-members.js';
import { inOrder } from './order.js';
import { cutPage, type PageRules } from './paging.js';
import type { QueryOptions } from './query-options.js';
import { checkSelect } from './select-check.js';
import { allow, bareCount, countOf, linkOf, ok, optionsOf, projection, selfOf, tipsOf } from './reply-parts.js';
import { METADATA_ROOT, represent, representMember, type Place, type Viewing } from './representation.js';
import { plainOmaValue } from './secrets.js';
import { settingDefinition, settingDefinitions } from './setting-definitions.js';

const PLAIN_PAGE: PageRules = { size: 1000, maxTop: 1000, cosmos: false };
const CHILD_PAGE: PageRules = { size: 25, maxTop: 1000, cosmos: true };
const OMA_FUNCTION = /^(?:microsoft\.graph\.)?getOmaSettingPlainTextValue\(secretReferenceValueId='([^']*)'\)$/i;

/** A read in a collection: the list, an object, or what is below it. Throws GraphRefusal. */
export function readPolicies(call: GraphCall, spec: CollectionSpec, segments: readonly string[]): GraphReply {
  allow(call, familyOf(call.target), spec.readPermissions);
  const options = optionsOf(call);
  if (options.search !== undefined) throw badRequest(call.trace, "The query parameter '$search' is not supported.");
  const [id, below] = segments;
  if (below === undefined) checkSelect(call, spec.entityType, options);
  if (spec.singleton !== undefined) return readSingleton(call, spec, options, segments);
  if (id === undefined) return listPolicies(call, spec, options);
  if (id.toLowerCase() === '$count') return bareCount(matching(call, spec, options).length);
  const policy = policyAt(call, spec, id);
  const viewing = viewingOf(call, spec, 'item');
  if (below === undefined) {
    const context = `${contextOf(call, spec)}${projection(options)}/$entity`;
    return ok({ '@odata.context': context, ...atLevel(call, spec, shown(policy, options, viewing)) });
  }
  const secret = OMA_FUNCTION.exec(below)?.[1];
  if (secret !== undefined && spec.key === 'deviceConfigurations') return omaSecret(call, spec, policy, secret);
  const property = policy.body[below];
  if (spec.withheld.some(({ name, on }) => name === below && on === 'unselected') && isBody(property ?? null))
    return ok({ '@odata.context': `${contextOf(call, spec)}('${id}')/${below}`, ...(property as GraphBody) });
  const ownerType = modelName(textOf(policy.body, '@odata.type') ?? spec.entityType);
  const cast = below.startsWith('microsoft.graph.') ? modelName(below) : undefined;
  if (cast !== undefined && !MODEL.derives(ownerType, cast)) throw unknownSegment(call.trace, below);
  const at = `${pathOf(spec)}('${policy.id}')${cast === undefined ? '' : `/${below}`}`;
  return readRelation(
    { call, viewing, options, at, ownerType },
    relationsAt(spec, cast),
    policy.body,
    segments.slice(cast === undefined ? 1 : 2),
  );
}

/** The object with that id in the collection. Throws a 404 refusal. */
export function policyAt(call: GraphCall, spec: CollectionSpec, id: string): StoredPolicy {
  const policy = call.tenant.policy(id) ?? virtual(call, spec, id);
  if (policy === undefined || !(spec.viewOf ?? [spec.key]).includes(policy.collection))
    throw new GraphRefusal(notFound(call.trace, familyOf(call.target), id));
  return policy;
}

/** An object as its collection shows it. */
export function shown(
  policy: StoredPolicy,
  options: Pick<QueryOptions, 'select' | 'expand'>,
  viewing: Viewing,
): GraphBody {
  if (viewing.spec.viewOf === undefined) return represent(policy.body, options, viewing);
  // A list of several collections: their members have no type of their own at minimal metadata, but need one here.
  const own = collectionOf(policy.collection);
  const spec: CollectionSpec = { ...own, polymorphic: true };
  if (options.expand.length > 0)
    throw badRequest(viewing.trace, `$expand is not supported on type '${viewing.spec.entityType}'.`);
  return represent({ '@odata.type': `#${own.entityType}`, ...policy.body }, options, { ...viewing, spec });
}

export function viewingOf(call: GraphCall, spec: CollectionSpec, place: Place): Viewing {
  return { spec, tenant: call.tenant, version: call.version, trace: call.trace, place };
}

export function contextOf(call: GraphCall, spec: CollectionSpec): string {
  return `${METADATA_ROOT}/${call.version}/$metadata#${pathOf(spec)}`;
}

function listPolicies(call: GraphCall, spec: CollectionSpec, options: QueryOptions): GraphReply {
  const found = inOrder(matching(call, spec, options), options.orderBy, spec.orderBy, call.trace, spec.entityType);
  const rules: PageRules = { size: spec.pageSize, maxTop: spec.pageSize, cosmos: spec.cosmos };
  const page = cutPage(found, options, rules, selfOf(call), call.trace);
  const viewing = viewingOf(call, spec, 'list');
  return ok({
    '@odata.context': `${contextOf(call, spec)}${projection(options)}`,
    ...countOf(options, spec.cosmos ? page.items.length : undefined, page.total),
    ...linkOf(page.nextLink),
    ...(spec.cosmos && options.select === undefined ? tipsOf(spec) : {}),
    value: page.items.map((policy) => atLevel(call, spec, shown(policy, options, viewing))),
  });
}

function atLevel(call: GraphCall, spec: CollectionSpec, body: GraphBody): GraphBody {
  return levelOf(call) === 'full' ? withFullMetadata(call, spec, body) : body;
}

function matching(call: GraphCall, spec: CollectionSpec, options: QueryOptions): StoredPolicy[] {
  const matches = readFilter(options.filter, { entityType: spec.entityType, ...spec.filter }, call.trace);
  return everything(call, spec).filter((policy) => matches(policy.body));
}

function everything(call: GraphCall, spec: CollectionSpec): StoredPolicy[] {
  if (spec.key === 'configurationSettings')
    return settingDefinitions(call.tenant).map((body, index) => asStored(spec, body, index + 1));
  if (spec.key === 'groupPolicyDefinitions')
    return call.tenant.groupPolicyDefinitions().map((body, index) => asStored(spec, body, index + 1));
  if (spec.viewOf === undefined) return call.tenant.list(spec.key);
  return spec.viewOf.flatMap((key) => call.tenant.list(key)).sort((a, b) => a.sequence - b.sequence);
}

function virtual(call: GraphCall, spec: CollectionSpec, id: string): StoredPolicy | undefined {
  const body =
    spec.key === 'configurationSettings'
      ? settingDefinition(call.tenant, id)
      : spec.key === 'groupPolicyDefinitions'
        ? call.tenant.groupPolicyDefinition(id)
        : undefined;
  return body === undefined ? undefined : asStored(spec, body, 1);
}

function asStored(spec: CollectionSpec, body: GraphBody, sequence: number): StoredPolicy {
  const id = textOf(body, 'id') ?? '';
  return { sequence, id, collection: spec.key, body: { ...body, id } };
}

function readSingleton(
  call: GraphCall,
  spec: CollectionSpec,
  options: QueryOptions,
  [beyond]: readonly string[],
): GraphReply {
  if (beyond !== undefined) throw unknownSegment(call.trace, beyond);
  const stored = without(call.tenant.list(spec.key)[0]?.body ?? {}, ['id']);
  const body = represent({ ...spec.singleton, ...stored }, options, viewingOf(call, spec, 'item'));
  return ok({ '@odata.context': contextOf(call, spec), ...body });
}

function omaSecret(call: GraphCall, spec: CollectionSpec, policy: StoredPolicy, reference: string): GraphReply {
  // Read alone gives 403 here, whatever the documentation says.
  allow(call, 'intune', spec.writes?.permissions ?? []);
  const value = plainOmaValue(policy.body, reference);
  if (value === undefined) throw new GraphRefusal(notFound(call.trace, 'intune', reference));
  return ok({ '@odata.context': `${METADATA_ROOT}/${call.version}/$metadata#Edm.String`, value });
}

/** A read below an object. */
interface Below {
  call: GraphCall;
  viewing: Viewing;
  options: QueryOptions;
  /** Path so far, as a context URL writes it: ids in parentheses behind their collection. */
  at: string;
  /** Type of the object that the relation starts from, without `microsoft.graph.`. */
  ownerType: string;
}

/** `segments` starts with the name of a relation of `owner`; ids and further relations may follow. */
function readRelation(
  below: Below,
  relations: readonly Navigation[],
  owner: GraphBody,
  [name = '', ...rest]: readonly string[],
): GraphReply {
  const { call, viewing, options } = below;
  const navigation = relations.find((candidate) => candidate.name === name);
  if (navigation === undefined) throw unknownSegment(call.trace, name);
  if (!navigation.ownPath) throw noRoute(call.trace, 'navigation');
  const members = membersOf(call.tenant, navigation, owner);
  const at = `${below.at}/${name}`;
  const memberType = MODEL.property(below.ownerType, name)?.type ?? '';
  const [id = '', ...deeper] = navigation.single === true ? ['', ...rest] : rest;
  if (navigation.single !== true) {
    if (rest.length === 0) return listMembers({ ...below, at }, navigation, members, memberType);
    if (id.toLowerCase() === '$count') return bareCount(members.length);
  }
  const member = navigation.single === true ? members[0] : members.find((entry) => textOf(entry, 'id') === id);
  if (member === undefined) throw new GraphRefusal(notFound(call.trace, familyOf(call.target), id));
  const inside = navigation.single === true ? at : `${at}('${id}')`;
  if (deeper.length > 0) {
    const ownerType = modelName(textOf(member, '@odata.type') ?? memberType);
    return readRelation({ ...below, at: inside, ownerType }, navigation.children ?? [], member, deeper);
  }
  checkSelect(call, memberType, options);
  const context = `${METADATA_ROOT}/${call.version}/$metadata#${at}${projection(options)}/$entity`;
  const body = representMember(navigation, member, options, viewing);
  const told = levelOf(call) === 'full' ? withFullMember(call, at, memberType, navigation, body) : body;
  return ok({ '@odata.context': context, ...told });
}

function listMembers(
  { call, viewing, options, at }: Below,
  navigation: Navigation,
  members: readonly GraphBody[],
  memberType: string,
): GraphReply {
  checkSelect(call, memberType, options);
  const full = levelOf(call) === 'full';
  const matches = readFilter(options.filter, { entityType: viewing.spec.entityType, ...NO_FILTER }, call.trace);
  const numbered = members.filter(matches).map((body, index) => ({ sequence: index + 1, body }));
  inOrder(numbered, options.orderBy, [], call.trace, memberType);
  const { cosmos } = viewing.spec;
  const page = cutPage(numbered, options, cosmos ? CHILD_PAGE : PLAIN_PAGE, selfOf(call), call.trace);
  return ok({
    '@odata.context': `${METADATA_ROOT}/${call.version}/$metadata#${at}${projection(options)}`,
    ...countOf(options, cosmos ? page.items.length : undefined, page.total),
    ...linkOf(page.nextLink),
    value: page.items.map(({ body }) => {
      const told = representMember(navigation, body, options, viewing);
      return full ? withFullMember(call, at, memberType, navigation, told) : told;
    }),
  });
}
