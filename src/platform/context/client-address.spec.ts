import { describe, expect, it } from '@jest/globals';
import { clientAddress } from './client-address.js';

describe('clientAddress', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['203.0.113.9:4711', '203.0.113.9'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['[fe80::1%eth0]:4711', 'fe80::1'],
    ['2001:db8::1:4711', '2001:db8::1:4711'],
    ['203.0.113.9:http', undefined],
    ['unknown', undefined],
    ["1.2.3.4'; --", undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is %s', (given, address) => expect(clientAddress(given)).toBe(address));
});
