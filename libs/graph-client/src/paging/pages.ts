import { GraphFailure } from '../graph-failure.js';
import { readCost } from '../budget/workload.js';
import type { GraphObject } from '../graph-object.js';
import { record } from '../transport/error-body.js';
import { withoutQuery } from '../transport/graph-url.js';
import type { GraphTransport } from '../transport/graph-transport.js';

/** One page of a collection; without a link it is the last. */
export interface GraphPage {
  items: GraphObject[];
  nextLink: string | undefined;
}

export interface PageRequest {
  target: string;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

/**
 * The pages of a collection, empty ones included, in Graph's order. Each nextLink is followed as given, with the same
 * headers (advanced queries need theirs on every page). A link that comes twice, as windowsAutopilotDeviceIdentities
 * once gave forever (microsoft-graph-docs#8186), or too many pages, is a `graph.protocol` failure.
 */
export async function* readPages(
  transport: GraphTransport,
  request: PageRequest,
): AsyncGenerator<GraphPage, void, undefined> {
  const seen = new Set<string>();
  let target: string | undefined = request.target;
  while (target !== undefined) {
    if (seen.has(target)) throw loop(request, 'a nextLink came twice');
    if (seen.size >= transport.parts.limits.maxPages) throw loop(request, `more than ${seen.size} pages`);
    seen.add(target);
    const { headers, signal } = request;
    const page = await transport.send({ method: 'GET', target, headers, signal, cost: readCost(target) });
    const next: unknown = page['@odata.nextLink'];
    target = typeof next === 'string' && next !== '' ? next : undefined;
    yield { items: itemsOf(page, request), nextLink: target };
  }
}

function itemsOf(page: Record<string, unknown>, request: PageRequest): GraphObject[] {
  const value = page['value'];
  if (!Array.isArray(value) || !value.every((item) => record(item) !== undefined)) {
    throw new GraphFailure('graph.protocol', { detail: `${place(request)}: the answer is no collection of objects` });
  }
  return value as GraphObject[];
}

function loop(request: PageRequest, what: string): GraphFailure {
  return new GraphFailure('graph.protocol', { detail: `${place(request)}: ${what}` });
}

function place(request: PageRequest): string {
  return request.target.startsWith('/') ? (request.target.split('?')[0] ?? '') : withoutQuery(request.target);
}
