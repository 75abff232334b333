import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { ZipParts } from './zip-parts.js';

const PART = 1_000;

function partsOf(files: Record<string, string>): { parts: Buffer[]; zip: ZipParts } {
  const zip = new ZipParts(PART);
  const parts: Buffer[] = [];
  for (const [path, text] of Object.entries(files)) {
    zip.add(path, text);
    parts.push(...zip.full());
  }
  parts.push(...zip.rest());
  return { parts, zip };
}

describe('a zip in parts', () => {
  const files = {
    'A/plain.json': '{"a": 1}\n',
    'B/🚀 Ünïcode.json': 'ü'.repeat(500),
    'B/large.json': randomBytes(4_000).toString('hex'),
  };

  it('is read back whole, names and all', () => {
    const { parts, zip } = partsOf(files);
    const read = unzipSync(Buffer.concat(parts));
    expect(Object.fromEntries(Object.entries(read).map(([path, data]) => [path, strFromU8(data)]))).toEqual(files);
    expect(zip.files).toBe(3);
  });

  it('comes in parts of one size, the last one aside, while it is made', () => {
    const { parts, zip } = partsOf(files);
    expect(parts.length).toBeGreaterThan(3);
    expect(new Set(parts.slice(0, -1).map((part) => part.length))).toEqual(new Set([PART]));
    expect(parts.at(-1)?.length).toBeLessThanOrEqual(PART);
    const whole = Buffer.concat(parts);
    expect(zip.bytes).toBe(whole.length);
    expect(zip.digest()).toBe(createHash('sha256').update(whole).digest('hex'));
  });

  it('holds back no more than a part, so that its size in memory does not grow', () => {
    const zip = new ZipParts(PART);
    let taken = 0;
    for (let at = 0; at < 200; at += 1) {
      zip.add(`A/${at}.json`, randomBytes(700).toString('hex'));
      for (const part of zip.full()) taken += part.length;
      expect(zip.bytes - taken).toBeLessThan(PART);
    }
  });

  it('is the same to the byte for the same entries, and says no time', () => {
    const whole = (given: Record<string, string>): Buffer => Buffer.concat(partsOf(given).parts);
    expect(whole(files).equals(whole({ ...files }))).toBe(true);
    expect(whole(files).equals(whole({ ...files, 'A/plain.json': '{"a": 2}\n' }))).toBe(false);
    // Local header: time at byte 10, date at byte 12; 1980-01-01 is 0x0021.
    expect(whole(files).readUInt16LE(12)).toBe(0x0021);
  });
});
