import { bodiesOf, type GraphBody } from '../store/graph-body.js';
import { findCollection, type CollectionSpec } from './collections.js';
import { readFilter, type FilterScope } from './filter.js';
import { queryOf, segmentsOf, type GraphCall } from './graph-call.js';
import {
  forbidden,
  GraphRefusal,
  noRoute,
  notFound,
  unknownSegment,
  wrongVerb,
  type Family,
  type GraphReply,
} from './graph-errors.js';
import { cutPage, type PageRules } from './paging.js';
import { readQueryOptions, type QueryOptions } from './query-options.js';
import { METADATA_ROOT, represent } from './representation.js';

const GROUP_READ = [
  'Group.Read.All',
  'Group.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'GroupMember.Read.All',
];
const AUDIT_READ = [
  'DeviceManagementApps.Read.All',
  'DeviceManagementApps.ReadWrite.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
];
const GROUP_PAGE: PageRules = { size: 100, maxTop: 999, cosmos: false };
const PLAIN_PAGE: PageRules = { size: 1000, maxTop: 1000, cosmos: false };
const CHILD_PAGE: PageRules = { size: 25, maxTop: 1000, cosmos: true };
const GROUP_SCOPE: FilterScope = {
  entityType: 'microsoft.graph.group',
  textFields: ['displayName', 'id', 'mailNickname'],
  timeFields: [],
  polymorphic: false,
};
const AUDIT_SCOPE: FilterScope = {
  entityType: 'microsoft.graph.auditEvent',
  textFields: ['componentName', 'category', 'activityType', 'activityOperationType'],
  timeFields: ['activityDateTime'],
  polymorphic: false,
};

/** Answers a read of Graph. Throws GraphRefusal for everything that Graph refuses. */
export function routeGraphCall(call: GraphCall): GraphReply {
  const [root = '', name = '', ...rest] = segmentsOf(call.target, call.trace);
  if (root.toLowerCase() === 'groups') return readGroups(call, name, rest);
  if (!/^device(App)?Management$/i.test(root)) throw unknownSegment(call.trace, root);
  if (root.toLowerCase() === 'devicemanagement' && name.toLowerCase() === 'auditevents' && rest.length === 0)
    return readAudit(call);
  const spec = findCollection(root, name);
  if (spec === undefined || !spec.versions.includes(call.version)) throw unknownSegment(call.trace, name);
  return readPolicies(call, spec, rest);
}

function readPolicies(call: GraphCall, spec: CollectionSpec, [id, child, ...beyond]: string[]): GraphReply {
  allow(call, 'intune', spec.readPermissions);
  if (id === undefined) return listPolicies(call, spec);
  const policy = call.tenant.policy(id);
  if (policy === undefined || policy.collection !== spec.key)
    throw new GraphRefusal(notFound(call.trace, 'intune', id));
  const options = optionsOf(call);
  const context = `${METADATA_ROOT}/${call.version}/$metadata#${spec.root}/${spec.key}`;
  if (child === undefined) {
    const entity = represent(spec, policy.body, options, 'item', call.version, call.trace);
    return ok({ '@odata.context': `${context}${projection(options)}/$entity`, ...entity });
  }
  const navigation = spec.navigation.find((candidate) => candidate.name === child);
  if (navigation === undefined) throw unknownSegment(call.trace, child);
  if (!navigation.ownPath) throw noRoute(call.trace, 'navigation');
  if (beyond[0] !== undefined) throw unknownSegment(call.trace, beyond[0]);
  const children = bodiesOf(policy.body, child).map((body, index) => ({ sequence: index + 1, body }));
  const page = cutPage(children, options, spec.cosmos ? CHILD_PAGE : PLAIN_PAGE, selfOf(call), call.trace);
  return ok({
    '@odata.context': `${context}('${policy.id}')/${child}`,
    ...countOf(options, spec.cosmos ? page.items.length : undefined, page.total),
    ...linkOf(page.nextLink),
    value: page.items.map((item) => item.body),
  });
}

function listPolicies(call: GraphCall, spec: CollectionSpec): GraphReply {
  const options = optionsOf(call);
  const scope: FilterScope = {
    entityType: spec.entityType,
    textFields: [spec.nameField, 'id'],
    timeFields: [],
    polymorphic: spec.polymorphic,
  };
  const matches = readFilter(options.filter, scope, call.trace);
  const found = call.tenant.list(spec.key).filter((policy) => matches(policy.body));
  const rules: PageRules = { size: spec.pageSize, maxTop: spec.pageSize, cosmos: spec.cosmos };
  const page = cutPage(found, options, rules, selfOf(call), call.trace);
  return ok({
    '@odata.context': `${METADATA_ROOT}/${call.version}/$metadata#${spec.root}/${spec.key}${projection(options)}`,
    ...countOf(options, spec.cosmos ? page.items.length : undefined, page.total),
    ...linkOf(page.nextLink),
    value: page.items.map((policy) => represent(spec, policy.body, options, 'list', call.version, call.trace)),
  });
}

function readGroups(call: GraphCall, id: string, [beyond]: string[]): GraphReply {
  allow(call, 'directory', GROUP_READ);
  const options = optionsOf(call);
  const context = `${METADATA_ROOT}/${call.version}/$metadata#groups${projection(options)}`;
  if (beyond !== undefined) throw unknownSegment(call.trace, beyond);
  if (id !== '') {
    const group = call.tenant.group(id);
    if (group === undefined) throw new GraphRefusal(notFound(call.trace, 'directory', id));
    return ok({ '@odata.context': `${context}/$entity`, ...selected(group.body, options) });
  }
  const matches = readFilter(options.filter, GROUP_SCOPE, call.trace);
  const found = call.tenant.groups().filter((group) => matches(group.body));
  const page = cutPage(found, options, GROUP_PAGE, selfOf(call), call.trace);
  return ok({
    '@odata.context': context,
    ...countOf(options, undefined, page.total),
    ...linkOf(page.nextLink),
    value: page.items.map((group) => selected(group.body, options)),
  });
}

function readAudit(call: GraphCall): GraphReply {
  allow(call, 'intune', AUDIT_READ);
  const options = optionsOf(call);
  const matches = readFilter(options.filter, AUDIT_SCOPE, call.trace);
  const found = call.tenant.audit.list().filter((event) => matches(event.body));
  const page = cutPage(found, options, PLAIN_PAGE, selfOf(call), call.trace);
  return ok({
    '@odata.context': `${METADATA_ROOT}/${call.version}/$metadata#deviceManagement/auditEvents`,
    ...countOf(options, undefined, page.total),
    ...linkOf(page.nextLink),
    value: page.items.map((event) => selected(event.body, options)),
  });
}

function allow(call: GraphCall, family: Family, permissions: readonly string[]): void {
  if (call.method !== 'GET') throw wrongVerb(call.trace);
  const granted = call.caller.permissions;
  if (permissions.some((permission) => granted.includes(permission))) return;
  throw new GraphRefusal(forbidden(call.trace, family, permissions, granted.length > 0));
}

function optionsOf(call: GraphCall): QueryOptions {
  return readQueryOptions(queryOf(call.target), call.version, call.trace);
}

function selfOf(call: GraphCall): string {
  return `${call.origin}/${call.version}${call.target}`;
}

function selected(body: GraphBody, options: QueryOptions): GraphBody {
  const { select } = options;
  return select === undefined ? body : Object.fromEntries(Object.entries(body).filter(([key]) => select.includes(key)));
}

/** A Cosmos-backed list tells the size of its page, asked or not; the others tell the whole number where asked. */
function countOf(options: QueryOptions, ofPage: number | undefined, total: number): GraphBody {
  if (ofPage !== undefined) return { '@odata.count': ofPage };
  return options.count ? { '@odata.count': total } : {};
}

function linkOf(nextLink: string | undefined): GraphBody {
  return nextLink === undefined ? {} : { '@odata.nextLink': nextLink };
}

/** The part of a context URL that names selected and expanded properties. */
function projection(options: QueryOptions): string {
  const parts = [
    ...(options.select ?? []),
    ...options.expand.map((item) => `${item.name}(${item.expand.map((inner) => `${inner}()`).join(',')})`),
  ];
  return parts.length === 0 ? '' : `(${parts.join(',')})`;
}

function ok(body: GraphBody): GraphReply {
  return { status: 200, headers: {}, body };
}
