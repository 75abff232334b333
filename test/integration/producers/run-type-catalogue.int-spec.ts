import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { COMMON_REASONS } from '#libs/run-kit/src/common-reasons.js';
import { FailureCatalogue } from '../../../src/modules/operations/failures/failure-catalogue.js';
import type { RunTypesDto } from '../../../src/modules/operations/http/run-types.dto.js';
import { ExportingApp, json, type Caller } from './exporting-app.js';

describe('the catalogue of run types', () => {
  let app: ExportingApp;
  beforeAll(async () => {
    app = await ExportingApp.start();
  });
  afterAll(() => app?.close());

  const catalogue = async (caller: Caller) => json<RunTypesDto>(await app.get(caller, '/operations/types'));

  it('describes a run type so that a page needs to know nothing of it', async () => {
    const { items } = await catalogue('Operator');
    expect(items.find(({ kind }) => kind === 'policy.bulk_export')).toEqual({
      kind: 'policy.bulk_export',
      formerKinds: [],
      label: {
        noun: 'Policy export',
        doing: 'Exporting policies',
        done: 'Policies exported',
        failed: 'Exporting policies failed',
      },
      access: 'inventory:export',
      roles: ['Operator', 'Manager', 'Owner'],
      mayStart: true,
      reasons: expect.arrayContaining([
        {
          code: 'inventory.policy_unknown',
          message: 'This tenant has no policy with this id. Choose it from the inventory.',
        },
      ]),
      retry: { onLeaseLost: 'requeue', maxAttempts: 3 },
      timeoutMs: 1_800_000,
      limitPerTenant: 1,
      schedulable: false,
      payloadSchema: {
        type: 'object',
        properties: {
          policyIds: {
            type: 'array',
            items: { type: 'string', minLength: 1, maxLength: 64 },
            minItems: 1,
            maxItems: 5_000,
          },
          types: { type: 'array', items: { enum: expect.arrayContaining(['settingsCatalog']) }, minItems: 1 },
          q: { type: 'string', minLength: 1, maxLength: 200 },
          layout: { enum: ['intuneManagement', 'intuneCd', 'graph'] },
        },
        additionalProperties: false,
      },
    });
  });

  it('holds every type in the order of kinds, each with words, reasons and a sound schema', async () => {
    const { items, nextCursor } = await catalogue('Operator');
    const kinds = items.map(({ kind }) => kind);
    expect(kinds).toEqual([...kinds].sort());
    expect(kinds).toEqual(
      expect.arrayContaining(['backup_set.add_policies', 'drift.generate', 'inventory.sync', 'policy.bulk_export']),
    );
    expect(nextCursor).toBeNull();
    const ajv = new Ajv2020({ strict: true });
    for (const { kind, payloadSchema, reasons, label } of items) {
      expect([kind, ajv.validateSchema(payloadSchema)]).toEqual([kind, true]);
      for (const { message } of reasons) expect(message).toMatch(/^[A-Z].*\.$/);
      expect(Object.values(label).every((words) => words.length > 0)).toBe(true);
    }
  });

  it('says what the caller may start', async () => {
    const mayStart = async (caller: Caller) => (await catalogue(caller)).items.filter((type) => type.mayStart);
    await expect(mayStart('Readonly')).resolves.toEqual([]);
    expect((await mayStart('Operator')).map(({ kind }) => kind)).toContain('inventory.sync');
    expect((await app.get('Stranger', '/operations/types')).status).toBe(403);
  });

  it('names the reasons that every run may end with, in the words that are stored', async () => {
    const { commonReasons } = await catalogue('Readonly');
    const stored = new FailureCatalogue();
    const codes = Object.keys(COMMON_REASONS);
    expect(commonReasons).toEqual(codes.map((code) => ({ code, message: COMMON_REASONS[code] })));
    expect(commonReasons).toEqual(codes.map((code) => stored.failure(code)));
  });
});
