import { describe, expect, it } from '@jest/globals';
import { AddressGuard } from './address-guard.js';

describe('AddressGuard', () => {
  const guard = new AddressGuard([]);

  it.each(['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '100.63.255.255', '100.128.0.0', '223.255.255.255'])(
    'allows %s',
    (address) => expect(guard.allows(address)).toBe(true),
  );

  it.each(['2606:4700:4700::1111', '2a00:1450:4001:80e::200e', '2001:4860:4860::8888', '2001:200::1'])(
    'allows %s',
    (address) => expect(guard.allows(address)).toBe(true),
  );

  it.each([
    ['unspecified', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['loopback', '127.0.0.1'],
    ['loopback, its end', '127.255.255.255'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['Alibaba metadata', '100.100.100.200'],
    ['link-local', '169.254.1.1'],
    ['metadata', '169.254.169.254'],
    ['container metadata', '169.254.170.2'],
    ['Azure platform', '168.63.129.16'],
    ['Oracle metadata', '192.0.0.192'],
    ['benchmarking', '198.19.0.1'],
    ['documentation', '203.0.113.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped, in hexadecimal', '::ffff:7f00:1'],
    ['IPv4-mapped, of a public address', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['local NAT64', '64:ff9b:1::1'],
    ['discard', '100::1'],
    ['unique local', 'fc00::1'],
    ['AWS metadata', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['Teredo', '2001::1'],
    ['documentation', '2001:db8::1'],
    ['6to4 of a private address', '2002:7f00:1::1'],
    ['documentation', '3fff::1'],
    ['a name', 'localhost'],
    ['a number', '2130706433'],
    ['nothing', ''],
  ])('refuses %s, %s', (_what, address) => expect(guard.allows(address)).toBe(false));

  it('opens what the operator allowed, and nothing beside it', () => {
    const opened = new AddressGuard(['10.1.0.0/16', 'fd12::/32']);
    expect(['10.1.2.3', 'fd12::7', '8.8.8.8'].map((address) => opened.allows(address))).toEqual([true, true, true]);
    expect(['10.2.0.1', 'fd13::7', '::ffff:10.1.2.3', '127.0.0.1'].map((address) => opened.allows(address))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('does not open IPv4 by an IPv6 network', () => {
    expect(new AddressGuard(['::/0']).allows('127.0.0.1')).toBe(false);
  });
});
