import { describe, expect, it } from '@jest/globals';
import { POLICY_TYPES } from '../catalogue/policy-types.js';
import { leastPermissions, missingPermissions, permissionNeeds, type PermissionNeed } from './permission-needs.js';

const need = (...anyOf: string[]): PermissionNeed => ({ anyOf, path: '/beta/x' });

describe('the permissions of a connection', () => {
  it('are asked for once for each set that the catalogue names, and for groups', () => {
    const needs = permissionNeeds(POLICY_TYPES);
    const sets = new Set(POLICY_TYPES.map(({ collection }) => collection.permissions.read.join(' ')));
    expect(needs).toHaveLength(sets.size + 1);
    expect(leastPermissions(needs)).toEqual(
      expect.arrayContaining(['DeviceManagementConfiguration.Read.All', 'GroupMember.Read.All']),
    );
    expect(leastPermissions(needs).every((name) => !name.includes('Write'))).toBe(true);
  });

  it('are the fewest: what only one permission meets is asked for first', () => {
    expect(leastPermissions([need('A', 'B'), need('B'), need('C', 'A')])).toEqual(['B', 'C']);
  });

  it('are met by any of a set, and by the one that writes', () => {
    const needs = [need('Area.Read.All'), need('One.Read.All', 'Other.Read.All')];
    expect(missingPermissions(needs, ['Area.ReadWrite.All', 'Other.Read.All'])).toEqual([]);
    expect(missingPermissions(needs, ['Other.Read.All', 'Area.Read'])).toEqual(['Area.Read.All']);
    expect(missingPermissions(needs, [])).toEqual(['Area.Read.All', 'One.Read.All']);
  });
});
