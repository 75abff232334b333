import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { BodyTooLarge, readRequest, type SimRequest } from './request.js';
import { sendReply, type Reply } from './reply.js';

const KEEP_ALIVE_MS = 60_000;

export interface ListenerOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  maxBodyBytes: number;
  /** Key and certificate, PEM; with them the port speaks https alone. */
  tls?: { key: string; cert: string };
  handle(request: SimRequest): Promise<Reply>;
  /** What a caller gets for a body above the limit. */
  tooLarge(): Reply;
  /** What a caller gets when `handle` throws: a fault of the simulator itself. */
  failed(error: unknown): Reply;
}

export interface Listener {
  port: number;
  close(): Promise<void>;
}

/** The port cannot be listened on; the message is a sentence for the person who chose it. */
export class PortUnavailable extends Error {}

/** Listens until closed; closing breaks the connections that are still open. Throws PortUnavailable. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const respond = (incoming: IncomingMessage, response: ServerResponse) => void answer(options, incoming, response);
  const server = options.tls === undefined ? createServer(respond) : createTlsServer(options.tls, respond);
  // Node's 5 s would close connections under a client that is about to use them again.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await opened(server, options);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(options: ListenerOptions, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const reply = await replyTo(options, incoming, gone.signal);
  if (reply !== undefined && !response.destroyed)
    sendReply(response, reply, String(incoming.headers['accept-encoding'] ?? ''));
}

async function replyTo(
  options: ListenerOptions,
  incoming: IncomingMessage,
  gone: AbortSignal,
): Promise<Reply | undefined> {
  try {
    const scheme = options.tls === undefined ? 'http' : 'https';
    return await options.handle(await readRequest(incoming, options.maxBodyBytes, scheme, gone));
  } catch (error) {
    if ((gone.aborted && error === gone.reason) || (incoming.destroyed && !incoming.complete)) return undefined;
    return error instanceof BodyTooLarge ? options.tooLarge() : options.failed(error);
  }
}

function opened(server: Server, { host, port }: ListenerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new PortUnavailable(sentence(error, host, port))));
    server.listen(port, host, () => resolve());
  });
}

function sentence(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') return `Port ${port} on ${host} is taken by another program; choose another one.`;
  if (error.code === 'EACCES') return `Port ${port} on ${host} may not be opened by this user; choose one above 1023.`;
  return `Port ${port} on ${host} cannot be opened: ${error.message}.`;
}
