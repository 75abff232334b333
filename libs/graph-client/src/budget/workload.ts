import type { GraphBudget } from '../catalogue/policy-type.js';
import type { RequestCost } from './request-budget.js';

/** Collections of the directory by their first segment below the version. */
const DIRECTORY = new Set([
  'groups',
  'users',
  'me',
  'devices',
  'directoryObjects',
  'directory',
  'servicePrincipals',
  'applications',
  'organization',
  'domains',
  'roleManagement',
]);

/** Of `/identity`, what throttles as conditional access and identity protection do (`concepts/throttling-limits.md`). */
const CONDITIONAL_ACCESS = /^\/(?:identity\/conditionalAccess|identityProtection)(?:\/|$)/;

/**
 * What a read of this address costs, and against whose limits.
 * @param address a path that starts with the version, or a link as Graph gave it
 */
export function readCost(address: string): RequestCost {
  const path = URL.canParse(address) ? new URL(address).pathname : (address.split('?')[0] ?? '');
  const below = path.replace(/^\/[^/]+/, '');
  const budget = budgetOf(below);
  return { budget, requests: 1, writes: 0, units: budget === 'directory' ? directoryUnits(below, address) : 1 };
}

function budgetOf(below: string): GraphBudget {
  if (CONDITIONAL_ACCESS.test(below)) return 'conditionalAccess';
  return DIRECTORY.has(below.split('/')[1] ?? '') ? 'directory' : 'intune';
}

/**
 * Resource units of the directory (`concepts/throttling-limits.md`, "Identity and access"): 1 for most reads, 2 for users,
 * 3 for members, 5 for transitive ones; `$select` and `$top` below 20 save one, `$expand` costs one; never less than 1.
 */
function directoryUnits(below: string, address: string): number {
  const query = new URLSearchParams(address.split('?')[1] ?? '');
  const top = Number(query.get('$top') ?? '20');
  const savings = (query.has('$select') ? 1 : 0) + (top < 20 ? 1 : 0);
  return Math.max(1, baseUnits(below) + (query.has('$expand') ? 1 : 0) - savings);
}

function baseUnits(below: string): number {
  if (/\/transitive(?:Members|MemberOf)(?:\/|$)/.test(below)) return 5;
  if (/\/(?:members|memberOf|owners)(?:\/|$)/.test(below)) return 3;
  return below.startsWith('/users') ? 2 : 1;
}
