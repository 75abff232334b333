import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SealBroken, SecretBox } from './secret-box.js';

describe('a secret box', () => {
  const key = randomBytes(32);
  const box = new SecretBox([key]);

  it('opens what it sealed, and seals the same twice differently', () => {
    for (const secret of ['', 'ä secret', 'x'.repeat(10_000)])
      expect(box.open(box.seal(secret, 'p'), 'p')).toBe(secret);
    expect(box.seal('x', 'p').equals(box.seal('x', 'p'))).toBe(false);
  });

  it('does not open for another purpose or after any change', () => {
    const sealed = box.seal('secret', 'tenant 1');
    expect(() => box.open(sealed, 'tenant 2')).toThrow(SealBroken);
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => box.open(changed, 'tenant 1')).toThrow(SealBroken);
    }
    for (let i = 0; i < sealed.length; i += 1) {
      expect(() => box.open(sealed.subarray(0, i), 'tenant 1')).toThrow(SealBroken);
    }
  });

  it('opens with a former key and seals with the new one', () => {
    const next = randomBytes(32);
    const both = new SecretBox([next, key]);
    expect(both.open(box.seal('old', 'p'), 'p')).toBe('old');
    expect(new SecretBox([next]).open(both.seal('new', 'p'), 'p')).toBe('new');
    expect(() => new SecretBox([next]).open(box.seal('old', 'p'), 'p')).toThrow('encryption key is not configured');
  });

  it('takes keys of 32 bytes only', () => {
    expect(() => new SecretBox([randomBytes(16)])).toThrow('32 bytes');
  });
});
