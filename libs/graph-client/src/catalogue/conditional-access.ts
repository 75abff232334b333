import { defineType, graphTypes, listOf, type Row } from './define-type.js';
import { CONDITIONAL_ACCESS_PERMISSIONS } from './permissions.js';
import type { GraphCollection, PolicyType } from './policy-type.js';

const CATEGORY = 'Conditional Access';

/**
 * Conditional access answers one request a second for all apps of a tenant, and says 429 without Retry-After
 * (`concepts/throttling-limits.md`). Beta, because v1.0 refuses a sign-in frequency of every time. A page of 100 is
 * Entra's usual one; none was seen for these.
 */
function entra(path: string, differences: Partial<GraphCollection> = {}): GraphCollection {
  return listOf(`identity/conditionalAccess/${path}`, CONDITIONAL_ACCESS_PERMISSIONS, {
    budget: 'conditionalAccess',
    pageSize: 100,
    licence: 'Microsoft Entra ID P1',
    ...differences,
  });
}

/** No scope tags here, and the time of change has another name. */
const ENTRA = {
  category: CATEGORY,
  scopeTagField: null,
  times: ['createdDateTime', 'modifiedDateTime', 'deletedDateTime'],
} as const;

/** Of the two ends of a condition: `includeGroups` and `excludeGroups`. */
function bothWays(path: string, name: string, to: string): NonNullable<Row['references']> {
  return ['include', 'exclude'].map((way) => ({ path: `conditions.${path}.${way}${name}[]`, to }));
}

/** Whom it is for stands in its conditions. Words such as `All` or `AllTrusted` stand where ids do. */
const CONDITIONAL_ACCESS_POLICY = defineType({
  ...ENTRA,
  key: 'conditionalAccessPolicy',
  label: 'Conditional Access policy',
  collection: entra('policies', { key: 'conditionalAccessPolicies', assignments: 'inline' }),
  odataTypes: graphTypes('conditionalAccessPolicy'),
  references: [
    ...bothWays('users', 'Users', 'user'),
    ...bothWays('users', 'Groups', 'group'),
    ...bothWays('users', 'Roles', 'role'),
    ...bothWays('applications', 'Applications', 'application'),
    ...bothWays('clientApplications', 'ServicePrincipals', 'application'),
    ...bothWays('locations', 'Locations', 'namedLocation'),
    {
      path: 'conditions.applications.includeAuthenticationContextClassReferences[]',
      to: 'authenticationContext',
    },
    { path: 'grantControls.authenticationStrength.id', to: 'authenticationStrengthPolicy' },
  ],
});

const NAMED_LOCATION = defineType({
  ...ENTRA,
  key: 'namedLocation',
  label: 'Named location',
  kind: 'foundation',
  collection: entra('namedLocations'),
  odataTypes: 'from list',
});

/** The built-in ones have the same id in every tenant and are what most policies ask for. */
const AUTHENTICATION_STRENGTH_POLICY = defineType({
  ...ENTRA,
  key: 'authenticationStrengthPolicy',
  label: 'Authentication strength',
  kind: 'foundation',
  collection: entra('authenticationStrength/policies', {
    key: 'authenticationStrengthPolicies',
    listQuery: { $expand: 'combinationConfigurations' },
    lacks: ['combinationConfigurations'],
    permissions: {
      read: ['Policy.Read.All', 'Policy.Read.AuthenticationMethod', 'Policy.ReadWrite.AuthenticationMethod'],
      write: ['Policy.ReadWrite.AuthenticationMethod', 'Policy.ReadWrite.ConditionalAccess'],
    },
  }),
  odataTypes: graphTypes('authenticationStrengthPolicy'),
  readOnly: ['policyType', 'requirementsSatisfied'],
});

/** The id, `c1` to `c99`, is the caller's choice and part of what applications ask for: it is kept on restore. */
const AUTHENTICATION_CONTEXT = defineType({
  ...ENTRA,
  key: 'authenticationContext',
  label: 'Authentication context',
  kind: 'foundation',
  collection: entra('authenticationContextClassReferences'),
  odataTypes: graphTypes('authenticationContextClassReference'),
  times: [],
});

export const CONDITIONAL_ACCESS_TYPES: readonly PolicyType[] = [
  CONDITIONAL_ACCESS_POLICY,
  NAMED_LOCATION,
  AUTHENTICATION_STRENGTH_POLICY,
  AUTHENTICATION_CONTEXT,
];
