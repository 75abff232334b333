import { isIP } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * The client's address as PostgreSQL's `inet` takes it: without a zone, an IPv4 address as itself. Undefined for what is
 * no address, as a proxy's header may hold.
 */
export function clientAddress(given: string | undefined): string | undefined {
  const [address = ''] = (given ?? '').split('%');
  const plain = MAPPED.exec(address)?.[1] ?? address;
  return isIP(plain) === 0 ? undefined : plain;
}
