import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Module } from '@nestjs/common';
import { IsInt, IsString } from 'class-validator';
import { defineRunType, Processes } from './modules.mjs';

/** A run that does nothing but take its time. */
export class BenchWork {
  /** What makes it the same run as another. */
  subject = '';
  /** How long its work takes, in milliseconds. */
  workMs = 0;
}
IsString()(BenchWork.prototype, 'subject');
IsInt()(BenchWork.prototype, 'workMs');

/** Declared as any producer declares its type; without a limit per tenant, so that the machine is the limit. */
export const BenchRun = defineRunType({
  kind: 'bench.work',
  payload: BenchWork,
  label: { noun: 'Benchmark', doing: 'Measuring', done: 'Measured', failed: 'Measuring failed' },
  access: 'inventory:sync',
  queue: 'bench',
  identity: ({ subject }) => ({ subject }),
  subject: ({ subject }) => ({ type: 'bench', id: subject, name: `Benchmark ${subject}` }),
  onLeaseLost: 'requeue',
  maxAttempts: 10,
  timeoutMs: 600_000,
  limitPerTenant: 1_000_000,
});

class BenchProcessor {
  /**
   * Works to its end whatever happens around it: a handler that did not hear that its lease is lost is the one that
   * fencing is for.
   * @param {BenchWork} payload
   * @returns {Promise<{ stop: 'finished' }>}
   */
  async work({ workMs }) {
    if (workMs > 0) await sleep(workMs);
    return { stop: 'finished' };
  }
}
Injectable()(BenchProcessor);
Processes(BenchRun)(BenchProcessor);

export class BenchRunModule {}
Module({ providers: [BenchProcessor] })(BenchRunModule);
