import type { GraphBody } from '../store/graph-body.js';
import { pathOf, type CollectionSpec } from './collections.js';
import { queryOf, type GraphCall } from './graph-call.js';
import { forbidden, GraphRefusal, type Family, type GraphReply } from './graph-errors.js';
import { readQueryOptions, type ExpandItem, type QueryOptions } from './query-options.js';

/** Throws a 403 refusal for a caller with none of these permissions. */
export function allow(call: GraphCall, family: Family, permissions: readonly string[]): void {
  const granted = call.caller.permissions;
  if (permissions.some((permission) => granted.includes(permission))) return;
  throw new GraphRefusal(forbidden(call.trace, family, permissions, granted.length > 0));
}

export function optionsOf(call: GraphCall): QueryOptions {
  return readQueryOptions(queryOf(call.target), call.version, call.trace);
}

/** The URL of this request as the caller sent it. */
export function selfOf(call: GraphCall): string {
  return `${call.origin}/${call.version}${call.target}`;
}

/** Where a new object is to be found, in OData's form: a header of 201 alone. `at` is its path below the version. */
export function locationOf(call: GraphCall, status: number, at: string): Record<string, string> {
  return status === 201 ? { Location: `${call.origin}/${call.version}/${at}` } : {};
}

/** The object with the properties that `$select` names. */
export function selected(body: GraphBody, { select }: Pick<QueryOptions, 'select'>): GraphBody {
  return select === undefined ? body : Object.fromEntries(Object.entries(body).filter(([key]) => select.includes(key)));
}

/** A Cosmos-backed list tells the size of its page, asked or not; the others tell the whole number where asked. */
export function countOf(options: QueryOptions, ofPage: number | undefined, total: number): GraphBody {
  if (ofPage !== undefined) return { '@odata.count': ofPage };
  return options.count ? { '@odata.count': total } : {};
}

export function linkOf(nextLink: string | undefined): GraphBody {
  return nextLink === undefined ? {} : { '@odata.nextLink': nextLink };
}

/** What Graph adds to some lists that were asked for without `$select`; callers pass over it. */
export function tipsOf(spec: Pick<CollectionSpec, 'root' | 'segment'>): GraphBody {
  const path = pathOf(spec);
  return {
    '@microsoft.graph.tips': `Use $select to choose only the properties your app needs, as this can lead to performance improvements. For example: GET ${path}?$select=createdDateTime,creationSource`,
  };
}

/** The part of a context URL that names selected and expanded properties. */
export function projection(options: Pick<QueryOptions, 'select' | 'expand'>): string {
  const parts = [...(options.select ?? []), ...options.expand.map(expanded)];
  return parts.length === 0 ? '' : `(${parts.join(',')})`;
}

export function ok(body: unknown): GraphReply {
  return { status: 200, headers: {}, body };
}

/** The number behind `/$count`, as plain text. */
export function bareCount(count: number): GraphReply {
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: count };
}

function expanded(item: ExpandItem): string {
  const inner = [...(item.select ?? []), ...item.expand.map(expanded)];
  return `${item.name}(${inner.join(',')})`;
}
