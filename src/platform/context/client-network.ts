import { isIP } from 'node:net';
import { clientAddress } from './client-address.js';

/** Whoever has one address of IPv6 usually has all with the same first four groups of eight. */
const GROUPS_OF_ONE = 4;

/**
 * What stands for one client where attempts are counted: its IPv4 address, or the /64 of its IPv6 one, of which it can
 * take another address for each attempt. All that is no address is one client.
 */
export function clientNetwork(given: string): string {
  const address = clientAddress(given);
  if (address === undefined) return 'unknown';
  return isIP(address) === 4 ? address : `${groupsOf(address).slice(0, GROUPS_OF_ONE).join(':')}::/64`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  const shortest = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [left = [], right = []] = shortest.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
}
