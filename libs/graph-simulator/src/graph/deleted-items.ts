import { collectionOf, pathOf, type CollectionKey, type CollectionSpec } from './collections.js';
import type { GraphCall } from './graph-call.js';
import { GraphRefusal, notFound, wrongVerb, type GraphReply } from './graph-errors.js';
import { cutPage } from './paging.js';
import { contextOf, shown, viewingOf } from './policy-reads.js';
import { allow, countOf, linkOf, ok, optionsOf, projection, selfOf } from './reply-parts.js';
import { METADATA_ROOT } from './representation.js';
import { checkSelect } from './select-check.js';
import { actorOf } from './writes/write-context.js';

const BINS: Readonly<Record<string, CollectionKey>> = {
  policies: 'conditionalAccessPolicies',
  namedlocations: 'namedLocations',
};

/**
 * `/identity/conditionalAccess/deletedItems/{policies|namedLocations}`: what was deleted in the last 30 days, to be read, brought
 * back with `restore` or deleted for good (`api/conditionalaccesspolicy-restore`, beta). undefined for any other path. Throws
 * GraphRefusal.
 */
export function deletedItems(call: GraphCall, segments: readonly string[]): GraphReply | undefined {
  const [identity, access, bin, name = '', id, action] = segments.map((segment) => segment.toLowerCase());
  const key = BINS[name];
  if (identity !== 'identity' || access !== 'conditionalaccess' || bin !== 'deleteditems' || key === undefined)
    return undefined;
  const spec = collectionOf(key);
  const reading = call.method === 'GET';
  allow(call, 'directory', reading ? spec.readPermissions : (spec.writes?.permissions ?? []));
  if (id === undefined) return list(call, spec);
  if (action === 'restore' && call.method === 'POST') return restoreDeleted(call, spec, id);
  if (action !== undefined) throw wrongVerb(call.trace);
  if (reading) return item(call, spec, id);
  if (call.method !== 'DELETE') throw wrongVerb(call.trace);
  if (call.tenant.undelete(key, id, undefined) === undefined) throw missing(call, id);
  return { status: 204, headers: {}, body: undefined };
}

/** Brings an object back from the bin, whichever of the two paths asked for it. Throws a 404 refusal. */
export function restoreDeleted(call: GraphCall, spec: CollectionSpec, id: string): GraphReply {
  const restored = call.tenant.undelete(spec.key, id, actorOf(call));
  if (restored === undefined) throw missing(call, id);
  const entity = shown(restored, { select: undefined, expand: [] }, viewingOf(call, spec, 'item'));
  return ok({ '@odata.context': `${contextOf(call, spec)}/$entity`, ...entity });
}

function list(call: GraphCall, spec: CollectionSpec): GraphReply {
  if (call.method !== 'GET') throw wrongVerb(call.trace);
  const options = optionsOf(call);
  checkSelect(call, spec.entityType, options);
  const rules = { size: spec.pageSize, maxTop: spec.pageSize, cosmos: false };
  const page = cutPage(call.tenant.deleted(spec.key), options, rules, selfOf(call), call.trace);
  const viewing = viewingOf(call, spec, 'list');
  return ok({
    '@odata.context': `${binContext(call, spec)}${projection(options)}`,
    ...countOf(options, undefined, page.total),
    ...linkOf(page.nextLink),
    value: page.items.map((policy) => shown(policy, options, viewing)),
  });
}

function item(call: GraphCall, spec: CollectionSpec, id: string): GraphReply {
  const options = optionsOf(call);
  checkSelect(call, spec.entityType, options);
  const found = call.tenant.deleted(spec.key).find((policy) => policy.id.toLowerCase() === id);
  if (found === undefined) throw missing(call, id);
  const context = `${binContext(call, spec)}${projection(options)}/$entity`;
  return ok({ '@odata.context': context, ...shown(found, options, viewingOf(call, spec, 'item')) });
}

function binContext(call: GraphCall, spec: CollectionSpec): string {
  const path = pathOf(spec).replace('conditionalAccess/', 'conditionalAccess/deletedItems/');
  return `${METADATA_ROOT}/${call.version}/$metadata#${path}`;
}

function missing(call: GraphCall, id: string): GraphRefusal {
  return new GraphRefusal(notFound(call.trace, 'directory', id));
}
