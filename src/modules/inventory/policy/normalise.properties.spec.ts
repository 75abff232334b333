import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import { Dice } from '#libs/graph-simulator/src/demo/generated/dice.js';
import { generatedTenant } from '#libs/graph-simulator/src/demo/generated/generated-tenants.js';
import { sampleTenant } from '#libs/graph-simulator/testing/samples/sample-tenant.js';
import { changedAt, placesOf, type ChangeWay, type Place } from '../../../../test/support/policy-changes.js';
import { NOISES, reread } from '../../../../test/support/policy-rereadings.js';
import { propertyCases } from '../../../../test/support/property-cases.js';
import { readTenant } from '../../../../test/support/tenant-readings.js';
import { normalisePolicy, type PolicyHashes } from './canonical-policy.js';
import type { JsonObject } from './json.js';

/** Cases of each type, a tenth of them at each place where it can change. */
const CASES = propertyCases(30);
const LIMIT_MS = 60_000 + CASES.numRuns * 1_000;

function hashes(type: PolicyType, object: JsonObject): PolicyHashes {
  const { assignments, ...rest } = object;
  const apart = Array.isArray(assignments) ? (assignments as unknown[]) : [];
  return normalisePolicy(type, { externalId: 'id-1', object: rest, assignments: apart }).hashes;
}

/** One place of one object. */
interface Spot {
  one: JsonObject;
  place: Place;
}

/** Where these objects can change, by the path without indices. */
function spotsOf(type: PolicyType, objects: readonly JsonObject[]): Map<string, Spot[]> {
  const spots = new Map<string, Spot[]>();
  for (const one of objects) {
    for (const place of placesOf(type, one)) {
      const path = place.path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.');
      const some = spots.get(path) ?? [];
      spots.set(path, some);
      some.push({ one, place });
    }
  }
  return spots;
}

describe('the hashes of what simulated tenants hold', () => {
  const objects = new Map<string, JsonObject[]>();

  beforeAll(async () => {
    for (const tenant of [sampleTenant(), generatedTenant('mid')]) {
      for (const { type, policy } of (await readTenant(tenant)).judged) {
        if (policy) objects.set(type.key, [...(objects.get(type.key) ?? []), policy.raw]);
      }
    }
  }, 60_000);

  describe.each(POLICY_TYPES.map((type) => [type.key, type] as const))('%s', (key, type) => {
    const object = fc.nat().map((at) => {
      const all = objects.get(key) ?? [];
      const one = all[at % all.length];
      if (!one) throw new Error(`No tenant holds any ${key}.`);
      return one;
    });

    it(
      'are the same whenever, and in whatever order, it is read',
      () => {
        const noises = fc.subarray([...NOISES], { minLength: 1 });
        fc.assert(
          fc.property(object, noises, fc.string(), (one, kinds, seed) => {
            expect(hashes(type, reread(type, one, kinds, new Dice(seed)))).toEqual(hashes(type, one));
          }),
          CASES,
        );
      },
      LIMIT_MS,
    );

    it(
      'differ by every real change, and only where it is',
      () => {
        const spots = spotsOf(type, objects.get(key) ?? []);
        expect(spots.size).toBeGreaterThan(1);
        for (const [path, all] of spots) {
          const spot = fc.nat().map((at) => all[at % all.length] as Spot);
          fc.assert(
            fc.property(spot, fc.nat(), ({ one, place }, how) => {
              const way = place.ways[how % place.ways.length] as ChangeWay;
              const [before, after] = [hashes(type, one), hashes(type, changedAt(type, one, place, way))];
              const { part } = place;
              expect({
                content: after.contentHash !== before.contentHash,
                body: after.bodyHash !== before.bodyHash,
                assignments: after.assignmentsHash !== before.assignmentsHash,
                change: `${path} ${way}`,
              }).toEqual({
                content: true,
                body: part === 'body',
                assignments: part === 'assignments',
                change: `${path} ${way}`,
              });
            }),
            { ...CASES, numRuns: Math.ceil(CASES.numRuns / 10) },
          );
        }
      },
      LIMIT_MS,
    );
  });
});
