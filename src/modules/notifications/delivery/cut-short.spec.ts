import { describe, expect, it } from '@jest/globals';
import { cutShort } from './cut-short.js';
import type { Verdict } from './verdict.js';

const never = (): Promise<Verdict> => new Promise(() => undefined);
const delivered: Verdict = { delivered: true, code: 'delivered' };
const living = (): AbortSignal => new AbortController().signal;

describe('cutShort', () => {
  it('answers the attempt’s verdict', async () => {
    expect(await cutShort(60_000, living(), 'webhook.timeout', () => Promise.resolve(delivered))).toBe(delivered);
  });

  it('does not wait past the deadline for what cannot be aborted, and tells the attempt', async () => {
    let told: AbortSignal | undefined;
    const verdict = await cutShort(1, living(), 'email.timeout', (signal) => {
      told = signal;
      return never();
    });
    expect(verdict).toEqual({ delivered: false, code: 'email.timeout' });
    expect(told?.aborted).toBe(true);
  });

  it('ends with the signal, even with one that was aborted before', async () => {
    const interrupted = { delivered: false, code: 'delivery.interrupted' };
    const stop = new AbortController();
    const cut = cutShort(60_000, stop.signal, 'webhook.timeout', never);
    stop.abort();
    expect(await cut).toEqual(interrupted);
    expect(await cutShort(60_000, stop.signal, 'webhook.timeout', never)).toEqual(interrupted);
  });

  it('passes on what the attempt throws', async () => {
    const failing = () => Promise.reject(new Error('broken'));
    await expect(cutShort(60_000, living(), 'webhook.timeout', failing)).rejects.toThrow('broken');
  });
});
