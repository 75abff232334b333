import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COLLECTIONS, findCollection, pathOf, type CollectionSpec } from './collections.js';

const CONTRACT = path.resolve(import.meta.dirname, '../../../../../shared/graph/intune-contract.json');

interface ContractCall {
  method: string;
  status: number;
}

interface ContractType {
  key: string;
  version: string;
  listPath: string;
  nameProperty: string;
  entityType: string;
  subCollections: string[];
  create: ContractCall | null;
  update: ContractCall | null;
  delete: ContractCall | null;
  assignPath: string | null;
  assignBodyKey: string | null;
  assignStatus: number | null;
  permissions: { read: string; write: string };
  listOmits?: string[];
}

/** What a collection says, in the contract's words. */
function described(spec: CollectionSpec, type: ContractType) {
  const { writes } = spec;
  const update = writes?.updates.find(({ method }) => method === type.update?.method);
  const action = writes?.assign?.style === 'replace' ? writes.assign.action : 'assignments';
  return {
    entityType: spec.entityType,
    nameProperty: spec.nameField,
    version: spec.versions.length === 2 ? 'v1.0+beta' : spec.versions[0],
    create: writes?.create ?? null,
    update: update?.status ?? null,
    delete: writes?.delete ?? null,
    assign: writes?.assign === undefined ? null : [action, writes.assign.status],
    bodyKey: writes?.assign?.style === 'replace' ? writes.assign.bodyKey : null,
  };
}

function expected(type: ContractType) {
  const action = type.assignPath?.split('/').at(-1);
  return {
    entityType: type.entityType,
    nameProperty: type.nameProperty,
    version: type.version,
    // An intent is made by its template, which the collection of templates says.
    create: type.key === 'intents' ? null : (type.create?.status ?? null),
    update: type.update?.status ?? null,
    // A list of other collections' members is not written.
    delete: type.key === 'managedAppPolicies' ? null : (type.delete?.status ?? null),
    assign: type.assignPath === null ? null : [action, type.assignStatus],
    bodyKey: type.assignBodyKey === 'target' ? null : type.assignBodyKey,
  };
}

describe('the collections', () => {
  it('have one key and one path each', () => {
    expect(new Set(COLLECTIONS.map(({ key }) => key)).size).toBe(COLLECTIONS.length);
    expect(new Set(COLLECTIONS.map(pathOf)).size).toBe(COLLECTIONS.length);
  });

  it('tell the two lists of policies below conditional access apart', () => {
    const keyAt = (path: string) => findCollection(path.split('/'))?.spec.key;
    expect(keyAt('identity/conditionalAccess/policies/1')).toBe('conditionalAccessPolicies');
    expect(keyAt('Identity/ConditionalAccess/AuthenticationStrength/Policies')).toBe('authenticationStrengthPolicies');
    expect(keyAt('identity/conditionalAccess/nothing')).toBeUndefined();
  });
});

if (existsSync(CONTRACT)) {
  const { types } = JSON.parse(readFileSync(CONTRACT, 'utf8')) as { types: ContractType[] };
  const lists = types.filter(({ listPath }) => !listPath.includes('{'));

  describe('the collections against the Graph contract', () => {
    it('leave out no type: the one below another object is its relation', () => {
      expect(lists.length).toBe(types.length - 1);
      const tokens = findCollection(['deviceManagement', 'depOnboardingSettings'])?.spec;
      const profiles = types.find(({ key }) => key === 'depEnrollmentProfiles');
      expect(tokens?.navigation.find(({ name }) => name === 'enrollmentProfiles')?.writable).toEqual({
        create: profiles?.create?.status,
        update: profiles?.update?.status,
        delete: profiles?.delete?.status,
      });
    });

    it.each(lists.map((type) => [type.key, type] as const))('%s is served and written as it says', (_key, type) => {
      const spec = findCollection(type.listPath.split('/').slice(1))?.spec;
      expect(spec && described(spec, type)).toEqual(expected(type));
      expect(spec?.readPermissions).toContain(type.permissions.read);
      if (spec?.writes !== undefined) expect(spec.writes.permissions).toContain(type.permissions.write);
      const relations = spec?.navigation.map(({ name }) => name) ?? [];
      const children = type.subCollections.filter((name) => !name.includes('/'));
      expect(children.filter((name) => !relations.includes(name))).toEqual([]);
      const unlisted = [...relations, ...(spec?.withheld.map(({ name }) => name) ?? [])];
      expect((type.listOmits ?? []).filter((name) => !unlisted.includes(name))).toEqual([]);
    });
  });
} else {
  describe('the collections against the Graph contract', () => {
    it.skip('are not checked: the contract ../shared/graph/intune-contract.json is not there', () => undefined);
  });
}
