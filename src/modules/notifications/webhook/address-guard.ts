import { BlockList, isIP } from 'node:net';

/**
 * What of IPv4 is not the public internet: IANA's special-purpose registry, which holds loopback, private, link-local
 * (the metadata services of clouds), carrier-grade NAT and multicast; and Azure's platform address, which is public by
 * its number alone.
 */
const CLOSED_V4: readonly [address: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['168.63.129.16', 32],
];

/**
 * Global unicast; all else of IPv6 is closed: unspecified, loopback, unique and link-local, multicast, IPv4-mapped and
 * NAT64, which lead to IPv4 addresses behind this guard's back.
 */
const OPEN_V6: readonly [string, number][] = [['2000::', 3]];

/** Of global unicast: IETF's own with Teredo, documentation, and 6to4, which leads to IPv4 addresses. */
const CLOSED_V6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

// One list per family: Node matches an IPv4 address against the IPv4-mapped part of an IPv6 network too.
const closedV4 = listOf(CLOSED_V4, 'ipv4');
const openV6 = listOf(OPEN_V6, 'ipv6');
const closedV6 = listOf(CLOSED_V6, 'ipv6');

/** Decides which addresses a webhook may reach: the public internet, and what the operator allowed beside it. */
export class AddressGuard {
  private readonly allowedV4: BlockList;
  private readonly allowedV6: BlockList;

  /** @param allowed networks as `address/prefix`, as the settings have checked them */
  constructor(allowed: readonly string[]) {
    const networks = allowed.map((network): [string, number] => {
      const [address = '', prefix] = network.split('/');
      return [address, Number(prefix)];
    });
    const ofFamily = (family: number): [string, number][] => networks.filter(([address]) => isIP(address) === family);
    this.allowedV4 = listOf(ofFamily(4), 'ipv4');
    this.allowedV6 = listOf(ofFamily(6), 'ipv6');
  }

  /** Whether `address` may be reached; what is no address may not. */
  allows(address: string): boolean {
    switch (isIP(address)) {
      case 4:
        return this.allowedV4.check(address, 'ipv4') || !closedV4.check(address, 'ipv4');
      case 6:
        return (
          this.allowedV6.check(address, 'ipv6') || (openV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6'))
        );
      default:
        return false;
    }
  }
}

function listOf(networks: readonly [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of networks) list.addSubnet(address, prefix, family);
  return list;
}
