import { isDirectoryRoot, routeDirectory } from '../directory/directory-routes.js';
import { readAudit } from './audit-reads.js';
import { COLLECTIONS, findCollection, pathOf } from './collections.js';
import { deletedItems } from './deleted-items.js';
import { segmentsOf, type GraphCall } from './graph-call.js';
import { unknownSegment, type GraphReply } from './graph-errors.js';
import { readPolicies } from './policy-reads.js';
import { writeDeviceManagement, writePolicies } from './writes/write-policies.js';

/** Answers an operation on Graph. Throws GraphRefusal for everything that Graph refuses. */
export function routeGraphCall(call: GraphCall): GraphReply {
  const segments = segmentsOf(call.target, call.trace);
  if (isDirectoryRoot(segments[0] ?? '')) return routeDirectory(call);
  if (/^devicemanagement\/auditevents$/i.test(segments.slice(0, 2).join('/')))
    return readAudit(call, segments.slice(2));
  if (segments.length === 1 && /^devicemanagement$/i.test(segments[0] ?? '')) return writeDeviceManagement(call);
  const binned = deletedItems(call, segments);
  if (binned !== undefined) return binned;
  const found = findCollection(segments);
  if (found === undefined || !found.spec.versions.includes(call.version))
    throw unknownSegment(call.trace, firstUnknown(segments, found !== undefined));
  if (call.method === 'GET') return readPolicies(call, found.spec, found.rest);
  return writePolicies(call, found.spec, found.rest);
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
