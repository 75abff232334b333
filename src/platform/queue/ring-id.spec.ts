import { describe, expect, it } from '@jest/globals';
import { idOfRing, ringOfId } from './ring-id.js';

describe('the id of a ring', () => {
  it('names the run and the ring of it', () => {
    expect(idOfRing({ runId: '9223372036854775807', seq: 12 })).toBe('9223372036854775807-12');
    expect(ringOfId('9223372036854775807-12')).toEqual({ runId: '9223372036854775807', seq: 12 });
  });

  it.each(['', '12', 'repeat:abc:1700000000000', '12-', '-1', '1-2-3', 'a-1'])('is not "%s"', (id) => {
    expect(ringOfId(id)).toBeUndefined();
  });
});
