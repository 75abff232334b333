import { fetch, type Response } from 'undici';
import { abortReason } from '../time/graph-clock.js';

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  signal?: AbortSignal;
  timeoutMs: number;
  maxBodyBytes: number;
}

export interface HttpReply {
  status: number;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  text: string;
}

/** No whole answer came: refused, reset, timed out, cut off. `message` names the cause and nothing of the request. */
export class NetworkFault extends Error {
  constructor(cause: string) {
    super(cause);
    this.name = 'NetworkFault';
  }
}

export class BodyTooLarge extends Error {
  constructor(readonly maxBodyBytes: number) {
    super(`the answer is larger than ${maxBodyBytes} bytes`);
    this.name = 'BodyTooLarge';
  }
}

/**
 * One HTTP request, read to its end. Redirects are not followed: they would carry the request to another place.
 * @throws NetworkFault, BodyTooLarge, or the signal's reason when that aborts.
 */
export async function exchange(request: HttpRequest): Promise<HttpReply> {
  const { signal, timeoutMs } = request;
  if (signal?.aborted) throw abortReason(signal);
  // Not AbortSignal.any: on Node 20 it keeps every finished request alive as long as the run's signal lives.
  const stop = new AbortController();
  const onAbort = (): void => stop.abort();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      body: request.body,
      redirect: 'manual',
      signal: stop.signal,
    });
    const text = await readBody(response, request.maxBodyBytes);
    return { status: response.status, headers: Object.fromEntries(response.headers), text };
  } catch (error) {
    if (signal?.aborted) throw abortReason(signal);
    if (error instanceof BodyTooLarge) throw error;
    throw new NetworkFault(stop.signal.aborted ? `no answer within ${timeoutMs} ms` : causeOf(error));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function readBody(response: Response, maxBodyBytes: number): Promise<string> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream and closes the connection.
    if (size > maxBodyBytes) throw new BodyTooLarge(maxBodyBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The system's error code (`ECONNRESET`), or undici's short word for it (`terminated`). */
function causeOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : undefined;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error instanceof Error ? error.message : 'unknown network fault';
}
