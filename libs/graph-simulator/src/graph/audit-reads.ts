import type { GraphBody } from '../store/graph-body.js';
import { TEXT, TIME } from './collections/filter-spec.js';
import { readFilter, type FilterScope } from './filter/collection-filter.js';
import type { GraphCall } from './graph-call.js';
import { GraphRefusal, notFound, unknownSegment, wrongVerb, type GraphReply } from './graph-errors.js';
import { inOrder } from './order.js';
import { cutPage, type PageRules } from './paging.js';
import { allow, bareCount, countOf, linkOf, ok, optionsOf, projection, selected, selfOf } from './reply-parts.js';
import { METADATA_ROOT } from './representation.js';
import { checkSelect } from './select-check.js';

const READ = [
  'DeviceManagementApps.Read.All',
  'DeviceManagementApps.ReadWrite.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
];
const PAGE: PageRules = { size: 1000, maxTop: 1000, cosmos: false };
const SCOPE: FilterScope = {
  entityType: 'microsoft.graph.auditEvent',
  fields: {
    componentName: TEXT,
    category: TEXT,
    activityType: TEXT,
    activityOperationType: TEXT,
    activityDateTime: TIME,
  },
  isof: false,
};
const ACTIVITY_TYPES = /^(?:microsoft\.graph\.)?getAuditActivityTypes\(category='([^']*)'\)$/i;
const CATEGORIES = /^(?:microsoft\.graph\.)?getAuditCategories(?:\(\))?$/i;

/**
 * `/deviceManagement/auditEvents`: the list, its number, one event, and the functions that tell which categories and kinds of
 * activity there are. Throws GraphRefusal.
 */
export function readAudit(call: GraphCall, [id, ...beyond]: readonly string[]): GraphReply {
  allow(call, 'intune', READ);
  if (call.method !== 'GET') throw wrongVerb(call.trace);
  if (beyond[0] !== undefined) throw unknownSegment(call.trace, beyond[0]);
  const options = optionsOf(call);
  checkSelect(call, SCOPE.entityType, options);
  const root = `${METADATA_ROOT}/${call.version}/$metadata`;
  const events = call.tenant.audit.list();
  if (id !== undefined && CATEGORIES.test(id)) return texts(root, events, () => true, 'category');
  const category = ACTIVITY_TYPES.exec(id ?? '')?.[1];
  if (category !== undefined) return texts(root, events, (body) => body.category === category, 'activityType');
  const matches = readFilter(options.filter, SCOPE, call.trace);
  const found = events.filter(({ body }) => matches(body));
  if (id?.toLowerCase() === '$count') return bareCount(found.length);
  const context = `${root}#deviceManagement/auditEvents${projection(options)}`;
  if (id !== undefined) {
    const event = events.find(({ body }) => body.id === id);
    if (event === undefined) throw new GraphRefusal(notFound(call.trace, 'intune', id));
    return ok({ '@odata.context': `${context}/$entity`, ...selected(event.body, options) });
  }
  const ordered = inOrder(found, options.orderBy, ['activityDateTime'], call.trace, SCOPE.entityType);
  const page = cutPage(ordered, options, PAGE, selfOf(call), call.trace);
  return ok({
    '@odata.context': context,
    ...countOf(options, undefined, page.total),
    ...linkOf(page.nextLink),
    value: page.items.map((event) => selected(event.body, options)),
  });
}

function texts(
  root: string,
  events: readonly { body: GraphBody }[],
  wanted: (body: GraphBody) => boolean,
  name: string,
): GraphReply {
  const value = new Set(events.filter(({ body }) => wanted(body)).map(({ body }) => body[name]));
  return ok({ '@odata.context': `${root}#Collection(Edm.String)`, value: [...value].sort() });
}
