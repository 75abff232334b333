import type { LookupFunction } from 'node:net';
import { Agent } from 'undici';
import type { ResolvedAddress } from './address-resolver.js';

/**
 * A connection pool that reaches these addresses and no others, whatever a name server says by the time it connects.
 * The name itself is still what the certificate is checked against. Destroy it after use.
 */
export function pinnedAgent(addresses: readonly [ResolvedAddress, ...ResolvedAddress[]], timeoutMs: number): Agent {
  const lookup: LookupFunction = (_host, options, callback) => {
    if (options.all) callback(null, [...addresses]);
    else callback(null, addresses[0].address, addresses[0].family);
  };
  return new Agent({
    connections: 1,
    pipelining: 0,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { lookup, timeout: timeoutMs },
  });
}
