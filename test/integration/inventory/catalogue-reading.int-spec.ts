import { beforeAll, describe, expect, it } from '@jest/globals';
import { POLICY_TYPES } from '../../../libs/graph-client/src/catalogue/policy-types.js';
import { generatedTenant } from '../../../libs/graph-simulator/src/demo/generated/generated-tenants.js';
import { sampleTenant } from '../../../libs/graph-simulator/testing/samples/sample-tenant.js';
import type { JudgedObject } from '../../../src/modules/inventory/sync/object-reading.js';
import type { TypeEnding } from '../../../src/modules/inventory/sync/read-collection.js';
import { readTenant } from '../../support/tenant-readings.js';

/** What comes with a list by `$expand`, or stands in another list. */
const TOLD_BY_LISTS = [
  /\/roleDefinitions\/[^/]+\/roleAssignments$/,
  /\/roleAssignments\/[^/]+$/,
  /\/localizedNotificationMessages$/,
  /\/compliancePolicies\/[^/]+\/settings$/,
];

/** The list of the settings catalog has 25 objects a page; images are told one at a time by the item. */
function isPaged(path: string): boolean {
  return path.endsWith('/configurationPolicies') || path.includes('/intuneBrandingProfiles/');
}

/** A whole tenant over HTTP, by the catalogue alone: what a row says of Graph has to be so. */
describe.each([
  ['samples', sampleTenant],
  ['generated', () => generatedTenant('mid')],
] as const)('every type of the catalogue, read from a tenant: %s', (name, tenant) => {
  let judged: JudgedObject[];
  let endings: TypeEnding[];
  let asked: string[];

  beforeAll(async () => {
    ({ judged, endings, asked } = await readTenant(tenant()));
  }, 120_000);

  it('reads each to its end', () => {
    const partly = endings.map(({ coverage }) => coverage).filter(({ state }) => state !== 'read');
    expect(partly).toEqual([]);
    expect(endings).toHaveLength(POLICY_TYPES.length);
  });

  it('has all of every object', () => {
    expect(judged.filter(({ policy }) => !policy).map(({ type, externalId }) => `${type.key} ${externalId}`)).toEqual(
      [],
    );
  });

  it('asks for nothing twice, and for nothing that a list tells', () => {
    expect(asked.filter((path, at) => asked.indexOf(path) !== at && !isPaged(path))).toEqual([]);
    expect(asked.filter((path) => TOLD_BY_LISTS.some((told) => told.test(path)))).toEqual([]);
    expect(asked.filter((path) => path.endsWith('/roleAssignments'))).toEqual([
      '/beta/deviceManagement/roleAssignments',
    ]);
  });

  it('finds objects of every type among the samples, of most in a generated tenant', () => {
    const found = new Set(judged.map(({ type }) => type.key));
    const missing = POLICY_TYPES.map(({ key }) => key).filter((key) => !found.has(key));
    if (name === 'samples') expect(missing).toEqual([]);
    else expect(missing.length).toBeLessThan(POLICY_TYPES.length / 3);
  });
});
