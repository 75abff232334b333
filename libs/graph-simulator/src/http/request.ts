import type { IncomingMessage } from 'node:http';

/** A request as the simulator's handlers see it, without the socket. */
export interface SimRequest {
  method: string;
  /** As sent: path and query, still percent-encoded. */
  target: string;
  pathname: string;
  query: URLSearchParams;
  header(name: string): string | undefined;
  body: Buffer;
  /** Scheme and host as the caller named them. */
  origin: string;
  /** Aborts when the caller has gone before it was answered. */
  gone: AbortSignal;
}

/** A body above the allowed size; nothing of it is kept. */
export class BodyTooLarge extends Error {}

/** Reads a request with at most `maxBytes` of body. Throws BodyTooLarge. */
export async function readRequest(
  incoming: IncomingMessage,
  maxBytes: number,
  scheme: 'http' | 'https',
  gone: AbortSignal,
): Promise<SimRequest> {
  const target = incoming.url ?? '/';
  const [pathname = '/', ...rest] = target.split('?');
  return {
    method: incoming.method ?? 'GET',
    target,
    pathname,
    query: new URLSearchParams(rest.join('?')),
    header: (name) => {
      const value = incoming.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    body: await readBody(incoming, maxBytes),
    origin: `${scheme}://${incoming.headers.host ?? 'localhost'}`,
    gone,
  };
}

async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped, so that the caller is listening when the refusal comes.
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) throw new BodyTooLarge(`The body has more than ${maxBytes} bytes.`);
  return Buffer.concat(chunks);
}
