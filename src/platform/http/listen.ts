import type { Server } from 'node:http';
import { UnfitSurroundings } from '../errors/unfit-surroundings.js';

/** The address that the settings name cannot be served on. The message says why, and what to do. */
export class CannotListen extends UnfitSurroundings {}

export interface ListenAddress {
  host: string;
  port: number;
  /** The setting that names the port. */
  setting: string;
}

/**
 * Resolves once the server takes connections.
 * @throws CannotListen
 */
export async function listen(server: Server, address: ListenAddress): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => reject(new CannotListen(wordsFor(error, address)));
    server.once('error', refused);
    server.listen(address.port, address.host, () => {
      server.off('error', refused);
      resolve();
    });
  });
}

function wordsFor({ code, message }: NodeJS.ErrnoException, { host, port, setting }: ListenAddress): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is in use; stop what listens there, or set ${setting} to another.`;
    case 'EACCES':
      return `This account may not listen on port ${port}; set ${setting} to one from 1024 on, or allow it.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is ${host}, which is no address of this machine; set it to one that is, or to 0.0.0.0 for all.`;
    case undefined:
    default:
      return `Port ${port} of ${host} cannot be listened on (${code ?? message}); see HOST and ${setting}.`;
  }
}
