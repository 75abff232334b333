import { describe, expect, it } from '@jest/globals';
import { IsString } from 'class-validator';
import { defineRunType, type RunType, type RunTypeSpec } from './run-type.js';

class Work {
  @IsString()
  what!: string;
}

function declared(given: Partial<RunTypeSpec<Work>>): RunType<Work> {
  return defineRunType({
    kind: 'work.do',
    payload: Work,
    label: { noun: 'Work', doing: 'Working', done: 'Worked', failed: 'Work failed' },
    access: 'inventory:sync',
    queue: 'work',
    identity: ({ what }) => ({ what }),
    onLeaseLost: 'requeue',
    maxAttempts: 1,
    timeoutMs: 1_000,
    limitPerTenant: 1,
    ...given,
  });
}

describe('defineRunType', () => {
  it.each([
    { kind: 'Work.do' },
    { kind: 'work' },
    { formerKinds: ['work do'] },
    { maxAttempts: 0 },
    { maxAttempts: 1.5 },
    { maxAttempts: Number.NaN },
    { maxAttempts: Infinity },
    { limitPerTenant: 0 },
    { limitPerTenant: 1.5 },
    { limitPerTenant: Number.NaN },
    { timeoutMs: 0 },
    { timeoutMs: Number.NaN },
    { timeoutMs: Infinity },
    { timeoutMs: 2 ** 31 },
    { queue: '' },
    { queue: 'work:fast' },
    { queue: 'Work' },
  ])('refuses %p, and names the run type', (given) => {
    expect(() => declared(given)).toThrow(/^Run type "[^"]*": /);
  });

  it.each([
    { maxAttempts: 3 },
    { limitPerTenant: Infinity },
    { timeoutMs: 2 ** 31 - 1 },
    { queue: 'policy-export' },
    { formerKinds: ['old_work.do'] },
  ])('takes %p', (given) => {
    expect(declared(given)).toMatchObject(given);
  });
});
