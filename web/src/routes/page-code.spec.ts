import { describe, expect, it } from '@jest/globals';
import { pageAt } from './page-code';

describe('pageAt', () => {
  it.each([
    ['/sign-in', '/sign-in'],
    ['/t/a1', '/t/$tenantId'],
    ['/t/a1/', '/t/$tenantId'],
    ['/t/a1/operations', '/t/$tenantId/operations'],
    ['/t/a1/operations/12', '/t/$tenantId/operations/$runId'],
    ['/t/a1/inventory/policies/7/compare', '/t/$tenantId/inventory/policies/$policyId/compare'],
  ])('finds the page of %s', (address, page) => {
    expect(pageAt(address)).toBe(page);
  });

  it.each(['/', '/t', '/t/a1/nowhere', '/t/a1/operations/12/more'])('finds none for %s', (address) => {
    expect(pageAt(address)).toBeUndefined();
  });
});
