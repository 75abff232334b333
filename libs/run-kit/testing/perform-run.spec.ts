import { describe, expect, it } from '@jest/globals';
import { IsString } from 'class-validator';
import { RunStopped, type RunContext, type RunItem, type WorkResult } from '../src/run-processor.js';
import { defineRunType } from '../src/run-type.js';
import { performRun } from './perform-run.js';
import type { Rehearsal } from './rehearsed-context.js';

class Payload {
  @IsString()
  what!: string;
}

const WorkRun = defineRunType({
  kind: 'work.do',
  payload: Payload,
  label: { noun: 'Work', doing: 'Working', done: 'Worked', failed: 'Work failed' },
  reasons: { 'work.too_hard': 'It was too hard. Take a smaller one.' },
  access: 'inventory:sync',
  queue: 'work',
  identity: ({ what }) => ({ what }),
  onLeaseLost: 'requeue',
  maxAttempts: 1,
  timeoutMs: 1_000,
  limitPerTenant: 1,
});

function perform(work: (context: RunContext, payload: Payload) => Promise<WorkResult>, rehearsal?: Rehearsal) {
  return performRun(WorkRun, { work: (payload, context) => work(context, payload) }, { what: 'a' }, rehearsal);
}

function item(itemId: string, reasonCode?: string): RunItem {
  const of = { itemId, kind: 'thing' };
  return reasonCode === undefined ? { ...of, result: 'success' } : { ...of, result: 'failed', reasonCode };
}

describe('performRun', () => {
  it('gives the handler an instance of the payload class, through JSON', async () => {
    const run = await perform(async (_, payload) => {
      expect(payload).toBeInstanceOf(Payload);
      return { stop: 'finished', context: { did: payload.what } };
    });
    expect(run).toMatchObject({ outcome: 'succeeded', context: { did: 'a' }, items: [], failureSummary: [] });
  });

  it('counts items, each once, and words their reasons as the catalogue does', async () => {
    const run = await perform(async (context) => {
      for (const given of [item('1', 'work.too_hard'), item('1'), item('2', 'work.too_hard'), item('3', 'who.knows')]) {
        context.item(given);
      }
      return { stop: 'finished' };
    });
    expect(run.counts).toEqual({ total: 3, processed: 3, success: 1, failed: 2, skipped: 0 });
    expect(run.failureSummary).toEqual([
      { code: 'internal.error', message: expect.stringContaining('our side'), count: 1 },
      { code: 'work.too_hard', message: 'It was too hard. Take a smaller one.', count: 1 },
    ]);
  });

  it('remembers the progress, and counts by it where there are no items', async () => {
    const run = await perform(async (context) => {
      context.progress({ total: 2 });
      context.progress({ processed: 2, success: 2 });
      return { stop: 'finished' };
    });
    expect(run.progress).toEqual([{ total: 2 }, { processed: 2, success: 2 }]);
    expect(run.counts).toEqual({ total: 2, processed: 2, success: 2, failed: 0, skipped: 0 });
  });

  it('fails with the reason of an abort', async () => {
    const run = await perform(async () => ({ stop: 'aborted', reasonCode: 'work.too_hard' }));
    expect(run).toMatchObject({ outcome: 'failed', reasonCode: 'work.too_hard' });
    expect(run.failureSummary).toEqual([
      { code: 'work.too_hard', message: 'It was too hard. Take a smaller one.', count: 1 },
    ]);
  });

  it('fails with the code of a thrown error that the catalogue knows, and throws what is a fault of the handler', async () => {
    const known = Object.assign(new Error('secret'), { code: 'graph.throttled' });
    const run = await perform(() => Promise.reject(known));
    expect(run).toMatchObject({ outcome: 'failed', reasonCode: 'graph.throttled' });
    expect(JSON.stringify(run)).not.toContain('secret');
    await expect(perform(() => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
    const unknown = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    await expect(perform(() => Promise.reject(unknown))).rejects.toThrow('refused');
  });

  const twoThings = async (context: RunContext): Promise<WorkResult> => {
    for (const id of ['1', '2']) {
      await context.checkLease();
      context.item(item(id));
    }
    return { stop: 'finished' };
  };

  it('stops the work at a check of the lease: a cancel and a timeout end the run', async () => {
    const cancelled = await perform(twoThings, { stopAtCheck: { check: 2, reason: 'cancelled' } });
    expect(cancelled).toMatchObject({ outcome: 'cancelled', counts: { success: 1 }, leaseChecks: 2 });
    const late = await perform(twoThings, { stopAtCheck: { check: 1, reason: 'timeout' } });
    expect(late).toMatchObject({ outcome: 'failed', reasonCode: 'run.timeout' });
  });

  it('throws when the lease is lost or the process stops: nothing of the run would be written', async () => {
    for (const reason of ['lease_lost', 'shutdown'] as const) {
      await expect(perform(twoThings, { stopAtCheck: { check: 2, reason } })).rejects.toEqual(new RunStopped(reason));
    }
  });

  it('aborts work that listens to its signal, from outside too', async () => {
    const outside = new AbortController();
    const run = perform(
      (context) =>
        new Promise((_, reject) => {
          context.signal.addEventListener('abort', () => reject(context.signal.reason as Error));
        }),
      { signal: outside.signal },
    );
    outside.abort(new RunStopped('cancelled'));
    await expect(run).resolves.toMatchObject({ outcome: 'cancelled' });
  });
});
