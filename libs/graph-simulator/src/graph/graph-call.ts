import type { TenantStore } from '../store/tenant-store.js';
import type { Caller } from './bearer.js';
import type { GraphVersion } from './collections.js';
import { badRequest, type Family, type RequestTrace } from './graph-errors.js';

/** One operation on Graph: a request of its own, or a member of a batch. */
export interface GraphCall {
  method: string;
  version: GraphVersion;
  /** Path below the version and query, as sent, with a leading slash. */
  target: string;
  /** Origin that the caller used, for the links in answers. */
  origin: string;
  caller: Caller;
  tenant: TenantStore;
  trace: RequestTrace;
  /** A header of the request, of the member itself inside a batch. */
  header(name: string): string | undefined;
  /** Whether an object is too young to be seen by other services, see ReplicationLag. */
  isYoung(id: string): boolean;
  /** The JSON body; undefined where there is none. Throws a 400 refusal for a text that is no JSON. */
  json(): unknown;
}

/** Reads the body of a request of its own; a batch's members carry theirs already parsed. */
export function jsonOf(body: Buffer, trace: RequestTrace): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw badRequest(
      trace,
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
}

/** Path segments below the version, decoded; a key in parentheses (`groups('id')`) becomes a segment. */
export function segmentsOf(target: string, trace: RequestTrace): string[] {
  const [path = ''] = target.split('?');
  return path
    .split('/')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const text = decodedSegment(part, trace);
      const keyed = /^(\w+)\('([^']*)'\)$/.exec(text);
      return keyed === null ? [text] : keyed.slice(1);
    });
}

export function queryOf(target: string): URLSearchParams {
  return new URLSearchParams(target.split('?').slice(1).join('?'));
}

/** Which service answers a path below the version. */
export function familyOf(target: string): Family {
  return /^\/?device(App)?Management(\/|\?|$)/i.test(target) ? 'intune' : 'directory';
}

function decodedSegment(part: string, trace: RequestTrace): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(trace, `The segment '${part}' is not well percent-encoded.`);
  }
}
