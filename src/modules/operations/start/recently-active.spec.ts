import { describe, expect, it } from '@jest/globals';
import { RecentlyActive } from './recently-active.js';

describe('RecentlyActive', () => {
  it('knows what it saw until it is told to forget', () => {
    const recent = new RecentlyActive();
    expect(recent.has('a')).toBe(false);
    recent.see('a');
    expect(recent.has('a')).toBe(true);
    recent.forget('a');
    expect(recent.has('a')).toBe(false);
  });

  it('lets go of what it saw longest ago when there is too much', () => {
    const recent = new RecentlyActive();
    recent.see('old');
    recent.see('again');
    for (let i = 0; i < 1_998; i += 1) recent.see(String(i));
    recent.see('again');
    recent.see('one more');
    expect(recent.has('old')).toBe(false);
    expect(recent.has('again')).toBe(true);
    expect(recent.has('one more')).toBe(true);
  });
});
