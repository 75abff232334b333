import { isIP } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Some proxies, as Azure's Application Gateway, name the client with its port. */
const WITH_PORT = /^(?:\[(.+)\]|([\d.]+)):\d{1,5}$/;

/**
 * The client's address as PostgreSQL's `inet` takes it: without a port or a zone, an IPv4 address as itself. Undefined for
 * what is no address, as a proxy's header may hold.
 */
export function clientAddress(given: string | undefined): string | undefined {
  const [, ofSix, ofFour] = WITH_PORT.exec(given ?? '') ?? [];
  const [address = ''] = (ofSix ?? ofFour ?? given ?? '').split('%');
  const plain = MAPPED.exec(address)?.[1] ?? address;
  return isIP(plain) === 0 ? undefined : plain;
}
