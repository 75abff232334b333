import { describe, expect, it } from '@jest/globals';
import { withoutImpliedTypes } from './implied-types.js';

const typed = (name: string, rest: object = {}) => ({ '@odata.type': `#microsoft.graph.${name}`, ...rest });

describe('types that an export says and Graph does not', () => {
  it('are left out where the tenant says none, at any depth', () => {
    const file = { drive: typed('drivePolicy', { recovery: typed('recovery', { block: true }) }), name: 'x' };
    const tenant = { drive: { recovery: { block: true } }, name: 'x' };
    expect(withoutImpliedTypes(file, tenant)).toEqual(tenant);
  });

  it('are left out in lists, whatever order they had by their types', () => {
    const file = { apps: [typed('a', { name: 'z' }), typed('b', { name: 'y', inner: typed('c') })] };
    const tenant = { apps: [{ inner: {}, name: 'y' }, { name: 'z' }] };
    expect(withoutImpliedTypes(file, tenant)).toEqual(tenant);
  });

  it('stay where the tenant says one, and so do all other differences', () => {
    const same = { rules: [typed('a', { value: 1 }), typed('b', { value: 1 })] };
    expect(withoutImpliedTypes(same, same)).toEqual(same);
    const tenant = { rules: [typed('a', { value: 1 })], one: { value: 1 }, gone: {} };
    const file = { rules: [typed('b', { value: 1 })], one: typed('x', { value: 2 }), more: typed('y') };
    expect(withoutImpliedTypes(file, tenant)).toEqual({ ...file, one: { value: 2 } });
  });

  it('leave lists whose order counts in it', () => {
    const file = { pages: [typed('page', { name: 'z' }), typed('page', { name: 'a' })] };
    expect(withoutImpliedTypes(file, { pages: [{ name: 'z' }, { name: 'a' }] })).toEqual({
      pages: [{ name: 'z' }, { name: 'a' }],
    });
  });
});
