import { isServersOwn, reachability } from '../live/reachability';
import { noteServerTime } from './server-clock';

/** One field that the server refused. */
export interface FieldFault {
  field: string;
  message: string;
}

/** An answer that is not a success, as the server's `application/problem+json` tells it; `message` is for people. */
export class Problem extends Error {
  /** The HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldFault[];
  readonly correlationId: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(text(body.detail) ?? text(body.title) ?? `The server answered with status ${status}.`);
    this.name = 'Problem';
    this.status = status;
    this.code = text(body.code) ?? 'unknown';
    this.fields = Array.isArray(body.errors) ? (body.errors as FieldFault[]) : [];
    this.correlationId = text(body.correlationId);
    this.body = body;
  }
}

/** Values of a query string; what is empty or undefined is left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

const UNREACHABLE = {
  code: 'network.unreachable',
  detail: 'TenantAtlas cannot be reached. This page tries again by itself.',
};

/**
 * Calls the API with the session cookie.
 * @param path below `/api/v1`
 * @param body sent as JSON, a Blob as the type that it says it is
 * @throws Problem for every answer that is not a success, and when there is none
 */
async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': typeOf(body) }) },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    reachability.suspect();
    throw new Problem(0, UNREACHABLE);
  }
  if (!isServersOwn(response)) {
    reachability.suspect();
    throw new Problem(0, UNREACHABLE);
  }
  reachability.answered();
  noteServerTime(response.headers.get('date'));
  const answer = await json(response);
  if (!response.ok) throw new Problem(response.status, isRecord(answer) ? answer : {});
  return answer as T;
}

export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return call<T>('GET', search.size === 0 ? path : `${path}?${search.toString()}`, undefined, signal);
}

export function post<T>(path: string, body?: unknown): Promise<T> {
  return call<T>('POST', path, body);
}

export function put<T>(path: string, body: unknown): Promise<T> {
  return call<T>('PUT', path, body);
}

export function patch<T>(path: string, body: unknown): Promise<T> {
  return call<T>('PATCH', path, body);
}

export function remove(path: string): Promise<void> {
  return call<void>('DELETE', path, undefined);
}

/** The sentence to show for anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Problem ? error.message : 'Something unexpected went wrong. Reload the page to try again.';
}

function typeOf(body: unknown): string {
  return body instanceof Blob ? body.type : 'application/json';
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
