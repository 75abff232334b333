import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BodyTooLarge, readRequest, type SimRequest } from './request.js';
import { sendReply, type Reply } from './reply.js';

const KEEP_ALIVE_MS = 60_000;

export interface ListenerOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  maxBodyBytes: number;
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
  const server = createServer((incoming, response) => {
    void answer(options, incoming, response);
  });
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
  const reply = await replyTo(options, incoming);
  if (reply !== undefined && !response.destroyed)
    sendReply(response, reply, String(incoming.headers['accept-encoding'] ?? ''));
}

async function replyTo(options: ListenerOptions, incoming: IncomingMessage): Promise<Reply | undefined> {
  try {
    return await options.handle(await readRequest(incoming, options.maxBodyBytes));
  } catch (error) {
    if (incoming.destroyed && !incoming.complete) return undefined;
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
