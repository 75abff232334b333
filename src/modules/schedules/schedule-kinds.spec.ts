import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { IsOptional, IsString } from 'class-validator';
import { PreparesScheduled } from '#libs/run-kit/src/run-preparation.js';
import { defineRunType, type RunType, type ScheduleSpec } from '#libs/run-kit/src/run-type.js';
import { grantTenantScope } from '../../platform/database/tenant-scope.js';
import { RunRegistry } from '../operations/registry/run-registry.js';
import { ScheduleKinds } from './schedule-kinds.js';

const SCOPE = grantTenantScope('00000000-0000-4000-8000-000000000001');

class Payload {
  @IsOptional()
  @IsString()
  text?: string;
}

class Request {
  @IsOptional()
  @IsString()
  from?: string;
}

function aType(kind: string, schedule?: ScheduleSpec): RunType<Payload> {
  return defineRunType({
    kind,
    formerKinds: [`${kind}_before`],
    payload: Payload,
    label: { noun: `The ${kind}`, doing: '', done: '', failed: '' },
    access: kind.startsWith('owner') ? 'connection:write' : 'inventory:sync',
    queue: 'any',
    identity: () => ({}),
    onLeaseLost: 'fail',
    maxAttempts: 1,
    timeoutMs: 1,
    limitPerTenant: 1,
    ...(schedule ? { schedule } : {}),
  });
}

const Plain = aType('note.write', { request: Payload });
const Prepared = aType('pair.make', { request: Request });
const ByHand = aType('hand.wave');
const Owners = aType('owner.act', { request: Payload });

@PreparesScheduled(Prepared)
@Injectable()
class Preparation {
  prepare(_scope: unknown, { from = 'nobody' }: Request): Promise<Payload> {
    return Promise.resolve({ text: from });
  }
}

@PreparesScheduled(Prepared)
@Injectable()
class SecondPreparation extends Preparation {}

@PreparesScheduled(ByHand)
@Injectable()
class NeedlessPreparation extends Preparation {}

async function boot(types: RunType<Payload>[], providers: (new () => Preparation)[]): Promise<ScheduleKinds> {
  const registry = {
    find: (kind: string) =>
      types.filter((type) => [type.kind, ...type.formerKinds].includes(kind)).map((type) => ({ type }))[0],
    all: () => types.map((type) => ({ type })),
  };
  const testing = await Test.createTestingModule({
    imports: [DiscoveryModule],
    providers: [ScheduleKinds, { provide: RunRegistry, useValue: registry }, ...providers],
  }).compile();
  await testing.init();
  return testing.get(ScheduleKinds);
}

describe('what can be put on a schedule', () => {
  const bootAll = () => boot([ByHand, Plain, Owners, Prepared], [Preparation]);

  it('is listed as far as a role may start it', async () => {
    const kinds = await bootAll();
    const note = { kind: 'note.write', label: 'The note.write' };
    const pair = { kind: 'pair.make', label: 'The pair.make' };
    expect(kinds.list('Manager')).toEqual([note, pair]);
    expect(kinds.list('Owner')).toEqual([note, { kind: 'owner.act', label: 'The owner.act' }, pair]);
    expect(kinds.list('Readonly')).toEqual([]);
  });

  it('starts with what the schedule keeps, or with what its preparation makes of that', async () => {
    const kinds = await bootAll();
    await expect(kinds.prepare(SCOPE, 'note.write', { text: 'a' })).resolves.toEqual({
      type: Plain,
      payload: { text: 'a' },
    });
    await expect(kinds.prepare(SCOPE, 'pair.make', { from: 'b' })).resolves.toEqual({
      type: Prepared,
      payload: { text: 'b' },
    });
    await expect(kinds.prepare(SCOPE, 'pair.make_before', {})).resolves.toMatchObject({ payload: { text: 'nobody' } });
  });

  it('refuses what does not fit, naming the fields below the payload', async () => {
    const kinds = await bootAll();
    const check = (kind: string, payload = {}) => kinds.check(SCOPE, 'Manager', kind, payload);
    await expect(check('hand.wave')).rejects.toMatchObject({ code: 'schedules.kind_not_schedulable' });
    await expect(check('no.kind')).rejects.toMatchObject({ code: 'schedules.kind_not_schedulable' });
    await expect(check('owner.act')).rejects.toMatchObject({ code: 'access.denied' });
    await expect(check('note.write', { text: 1, other: 2 })).rejects.toMatchObject({
      code: 'schedules.bad_payload',
      details: {
        errors: expect.arrayContaining([
          { field: 'payload.text', message: 'must be a string' },
          { field: 'payload.other', message: 'is not a known field' },
        ]),
      },
    });
    await expect(check('pair.make', { text: 'the payload, not the request' })).rejects.toMatchObject({
      code: 'schedules.bad_payload',
    });
    await expect(check('note.write')).resolves.toBeUndefined();
  });

  it('names a kind that this version does not know by itself', async () => {
    expect((await bootAll()).describe('no.kind')).toEqual({ label: 'no.kind', reasons: {} });
  });

  it('stops the boot when a preparation is doubled, missing or for a kind without a schedule', async () => {
    await expect(boot([Prepared], [Preparation, SecondPreparation])).rejects.toThrow(
      /"pair.make" has two preparations/,
    );
    await expect(boot([Prepared], [])).rejects.toThrow(/"pair.make" has a schedule .* no preparation/);
    await expect(boot([ByHand], [NeedlessPreparation])).rejects.toThrow(
      /prepares "hand.wave", which declares no schedule/,
    );
  });
});
