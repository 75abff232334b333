import { badRequest, GraphRefusal, graphError, type GraphReply, type RequestTrace } from './graph-errors.js';

/** Most members that Graph takes in one batch. */
export const MAX_MEMBERS = 20;

export interface BatchMember {
  id: string;
  method: string;
  /** Path below the version, with a leading slash. */
  url: string;
  dependsOn: string[];
  /** By lower-case name. */
  headers: ReadonlyMap<string, string>;
  /** undefined where the member has none. */
  body: unknown;
}

export interface MemberReply {
  id: string;
  reply: GraphReply;
}

/** The members of a `$batch` body. Throws a 400 refusal for an envelope that Graph does not take. */
export function readBatch(text: string, trace: RequestTrace): BatchMember[] {
  const requests = requestsOf(text, trace);
  if (requests.length > MAX_MEMBERS)
    throw badRequest(trace, `Number of batch request steps exceeds the maximum value of ${MAX_MEMBERS}.`);
  const members = requests.map((entry) => readMember(entry, trace));
  const ids = new Set(members.map((member) => member.id.toLowerCase()));
  if (ids.size !== members.length) throw badRequest(trace, 'The batch request step ids must be unique.');
  return members;
}

/**
 * Runs the members, those that depend on others after them; a member whose dependency failed or is missing gets 424.
 * The answers come back in another order than the requests, as Graph promises none.
 */
export async function runBatch(
  members: readonly BatchMember[],
  trace: RequestTrace,
  run: (member: BatchMember) => Promise<GraphReply>,
): Promise<MemberReply[]> {
  const done = new Map<string, GraphReply>();
  let waiting = [...members];
  while (waiting.length > 0) {
    const ready = waiting.filter((member) => member.dependsOn.every((id) => done.has(id)));
    // Nothing is ready any more: what is left waits for an id that is not there, or in a circle.
    const next = ready.length > 0 ? ready : waiting;
    for (const member of next) {
      const met = member.dependsOn.every((id) => (done.get(id)?.status ?? 424) < 400);
      done.set(member.id, met ? await run(member) : failedDependency(trace));
    }
    waiting = waiting.filter((member) => !done.has(member.id));
  }
  return [...done].reverse().map(([id, reply]) => ({ id, reply }));
}

function requestsOf(text: string, trace: RequestTrace): unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalid(trace);
  }
  const requests = isRecord(parsed) ? parsed.requests : undefined;
  if (!Array.isArray(requests) || requests.length === 0) throw invalid(trace);
  return requests;
}

function readMember(entry: unknown, trace: RequestTrace): BatchMember {
  if (!isRecord(entry)) throw invalid(trace);
  const { id, method, url, dependsOn = [], headers, body } = entry;
  const dependencies: unknown[] = Array.isArray(dependsOn) ? dependsOn : [];
  if ((typeof id !== 'string' && typeof id !== 'number') || String(id) === '') throw invalid(trace);
  if (typeof method !== 'string' || typeof url !== 'string' || /^[a-z]+:\/\//i.test(url)) throw invalid(trace);
  if (body !== undefined && !hasContentType(headers)) {
    throw badRequest(trace, `The request step with id '${id}' has a body and no Content-Type header.`);
  }
  return {
    id: String(id),
    method: method.toUpperCase(),
    url: url.startsWith('/') ? url : `/${url}`,
    dependsOn: dependencies.map(String),
    headers: headersOf(headers),
    body,
  };
}

function hasContentType(headers: unknown): boolean {
  return headersOf(headers).has('content-type');
}

function headersOf(headers: unknown): Map<string, string> {
  const entries = isRecord(headers) ? Object.entries(headers) : [];
  return new Map(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function failedDependency(trace: RequestTrace): GraphReply {
  return graphError(
    trace,
    424,
    'FailedDependency',
    'One or more of the requests that this request depends on has failed.',
  );
}

function invalid(trace: RequestTrace): GraphRefusal {
  return badRequest(trace, 'Invalid batch payload format.');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
