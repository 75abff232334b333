import { describe, expect, it } from '@jest/globals';
import { pageAt } from './page-code';

describe('pageAt', () => {
  it.each([
    ['/sign-in', '/sign-in', {}],
    ['/t/a1', '/t/$tenantId', { tenantId: 'a1' }],
    ['/t/a1/', '/t/$tenantId', { tenantId: 'a1' }],
    ['/t/a1/operations', '/t/$tenantId/operations', { tenantId: 'a1' }],
    ['/t/a1/operations/12', '/t/$tenantId/operations/$runId', { tenantId: 'a1', runId: '12' }],
    [
      '/t/a1/inventory/policies/7/compare',
      '/t/$tenantId/inventory/policies/$policyId/compare',
      { tenantId: 'a1', policyId: '7' },
    ],
    ['/t/%/operations', '/t/$tenantId/operations', { tenantId: '%' }],
  ])('finds the page of %s', (address, page, params) => {
    expect(pageAt(address)).toEqual({ page, params });
  });

  it.each(['/', '/t', '/t/a1/nowhere', '/t/a1/operations/12/more'])('finds none for %s', (address) => {
    expect(pageAt(address)).toBeUndefined();
  });
});
