import { isDirectoryRoot, routeDirectory } from '../directory/directory-routes.js';
import { COLLECTIONS, findCollection, pathOf } from './collections.js';
import { TEXT, TIME } from './collections/filter-spec.js';
import { readFilter, type FilterScope } from './filter.js';
import { segmentsOf, type GraphCall } from './graph-call.js';
import { unknownSegment, wrongVerb, type GraphReply } from './graph-errors.js';
import { inOrder } from './order.js';
import { cutPage, type PageRules } from './paging.js';
import { readPolicies } from './policy-reads.js';
import { allow, countOf, linkOf, ok, optionsOf, selected, selfOf } from './reply-parts.js';
import { METADATA_ROOT } from './representation.js';
import { writeDeviceManagement, writePolicies } from './writes/write-policies.js';

const AUDIT_READ = [
  'DeviceManagementApps.Read.All',
  'DeviceManagementApps.ReadWrite.All',
  'DeviceManagementConfiguration.Read.All',
  'DeviceManagementConfiguration.ReadWrite.All',
];
const AUDIT_PAGE: PageRules = { size: 1000, maxTop: 1000, cosmos: false };
const AUDIT_SCOPE: FilterScope = {
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

/** Answers an operation on Graph. Throws GraphRefusal for everything that Graph refuses. */
export function routeGraphCall(call: GraphCall): GraphReply {
  const segments = segmentsOf(call.target, call.trace);
  if (isDirectoryRoot(segments[0] ?? '')) return routeDirectory(call);
  if (/^devicemanagement\/auditevents$/i.test(segments.join('/'))) return readAudit(call);
  if (segments.length === 1 && /^devicemanagement$/i.test(segments[0] ?? '')) return writeDeviceManagement(call);
  const found = findCollection(segments);
  if (found === undefined || !found.spec.versions.includes(call.version))
    throw unknownSegment(call.trace, firstUnknown(segments, found !== undefined));
  if (call.method === 'GET') return readPolicies(call, found.spec, found.rest);
  return writePolicies(call, found.spec, found.rest);
}

function readAudit(call: GraphCall): GraphReply {
  allow(call, 'intune', AUDIT_READ);
  if (call.method !== 'GET') throw wrongVerb(call.trace);
  const options = optionsOf(call);
  const matches = readFilter(options.filter, AUDIT_SCOPE, call.trace);
  const found = call.tenant.audit.list().filter((event) => matches(event.body));
  const ordered = inOrder(found, options.orderBy, ['activityDateTime'], call.trace);
  const page = cutPage(ordered, options, AUDIT_PAGE, selfOf(call), call.trace);
  return ok({
    '@odata.context': `${METADATA_ROOT}/${call.version}/$metadata#deviceManagement/auditEvents`,
    ...countOf(options, undefined, page.total),
    ...linkOf(page.nextLink),
    value: page.items.map((event) => selected(event.body, options)),
  });
}

/** The first segment that leads nowhere; for a collection of another version it is the collection's own. */
function firstUnknown(segments: readonly string[], otherVersion: boolean): string {
  const known = COLLECTIONS.map((spec) => `${pathOf(spec)}/`.toLowerCase());
  const lengths = segments.map((_segment, index) => index + 1);
  const length = lengths.find((count) => {
    const prefix = `${segments.slice(0, count).join('/')}/`.toLowerCase();
    return !known.some((path) => path.startsWith(prefix)) || (otherVersion && known.includes(prefix));
  });
  return segments[(length ?? segments.length) - 1] ?? '';
}
