import { describe, expect, it } from '@jest/globals';
import { bodiesOf } from '../store/graph-body.js';
import type { SeedTenant } from '../store/seed-tenant.js';
import { demoTenants, inDemoPlaces } from './demo-tenants.js';

describe('demo tenants', () => {
  const [contoso, fabrikam] = demoTenants();

  it('are the same every time', () => {
    expect(demoTenants()).toEqual([contoso, fabrikam]);
  });

  it.each([
    ['Contoso', contoso, 35, 60],
    ['Fabrikam', fabrikam, 8, 15],
  ])('%s covers all six types', (name, tenant, least, most) => {
    expect(tenant?.name).toBe(name);
    expect(new Set(tenant?.objects.map((object) => object.collection)).size).toBe(6);
    expect(tenant?.objects.length).toBeGreaterThanOrEqual(least);
    expect(tenant?.objects.length).toBeLessThanOrEqual(most);
    expect(new Set(tenant?.objects.map((object) => object.body.id)).size).toBe(tenant?.objects.length);
  });

  it('make a client page: more than 25 policies of one type, more than 25 settings in one', () => {
    const catalog = contoso?.objects.filter((object) => object.collection === 'configurationPolicies') ?? [];
    expect(catalog.length).toBeGreaterThan(25);
    expect(catalog.some((object) => bodiesOf(object.body, 'settings').length > 25)).toBe(true);
  });

  it('hold what real tenants hold: two policies of one name, an assignment to a deleted group', () => {
    const names = contoso?.objects.map((object) => object.body.name ?? object.body.displayName) ?? [];
    expect(new Set(names).size).toBeLessThan(names.length);
    const known = new Set(contoso?.groups.map((group) => group.id));
    const targets = contoso?.objects
      .flatMap((object) => bodiesOf(object.body, 'assignments'))
      .map((assignment) => assignment.target as { groupId?: string });
    expect(targets?.some((target) => target.groupId !== undefined && !known.has(target.groupId))).toBe(true);
  });

  it('leave their places to the tenants of a data folder, in their order', () => {
    const other = { ...contoso, name: 'Other' } as SeedTenant;
    const names = (tenants: SeedTenant[]) => inDemoPlaces(tenants).map((tenant) => tenant.name);
    expect(names([])).toEqual(['Contoso', 'Fabrikam']);
    expect(names([other])).toEqual(['Other', 'Fabrikam']);
    expect(names([other, other, other])).toEqual(['Other', 'Other', 'Other']);
  });
});
