import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { SqlValue } from '../../../platform/database/database.js';
import type { CoverageState } from '../sync/coverage.js';

/** Whether a policy is for anybody; a type that Graph gives no assignments is neither `assigned` nor `unassigned`. */
export const ASSIGNMENT_STATES = ['assigned', 'unassigned', 'not_assignable'] as const;
export type AssignmentState = (typeof ASSIGNMENT_STATES)[number];

/** What a page of policies or its facets are narrowed to; what is left out narrows nothing. */
export interface PolicyFilter {
  types?: readonly string[];
  /** The types of the categories that were asked for; beside `types`, a policy must be of both. */
  typesOfCategories?: readonly string[];
  /** A part of the name or of the description, in any case. */
  text?: string;
  /** `windows`, `macOS`, ...; `none` for policies without a platform. */
  platforms?: readonly string[];
  coverage?: readonly CoverageState[];
  assignment?: readonly AssignmentState[];
  /** Ids of scope tags; any of them. */
  scopeTags?: readonly string[];
  includeRemoved: boolean;
}

/** Of these types Graph keeps no assignments: what a conditional access policy is for is a part of it. */
const NOT_ASSIGNABLE = POLICY_TYPES.filter(({ collection: { assignments } }) => {
  return assignments === 'none' || assignments === 'inline';
});

/**
 * What the newest sync says of each type, as `coverage (type, state)`. One look into the index per type: a tenant that
 * syncs hourly has tens of thousands of coverage rows.
 */
export const COVERAGE_CTE = `coverage AS MATERIALIZED (
  SELECT t.type, c.state FROM unnest($2::text[]) AS t(type)
  CROSS JOIN LATERAL (SELECT state FROM inventory_coverage
    WHERE tenant_id = $1 AND type = t.type ORDER BY sync_run_id DESC LIMIT 1) c)`;

/** A type that was read at all says it for each of its policies; one that was not leaves all of them unknown. */
export const POLICY_COVERAGE = `CASE WHEN c.state IS NULL OR c.state IN ('read', 'partial')
  THEN CASE WHEN p.complete THEN 'read' ELSE 'partial' END ELSE c.state END`;

export const ASSIGNMENT = `CASE WHEN p.type = ANY ($3::text[]) THEN 'not_assignable'
  WHEN p.assigned THEN 'assigned' ELSE 'unassigned' END`;

export const PLATFORMS = `coalesce(string_to_array(p.platform, ','), ARRAY['none'])`;

/** One condition per facet, so that each facet is counted under the others' alone. */
export const FACET_CONDITIONS = {
  type: `($4::text[] IS NULL OR p.type = ANY ($4::text[]))`,
  category: `($5::text[] IS NULL OR p.type = ANY ($5::text[]))`,
  platform: `($6::text[] IS NULL OR ${PLATFORMS} && $6::text[])`,
  coverage: `($7::text[] IS NULL OR ${POLICY_COVERAGE} = ANY ($7::text[]))`,
  assignment: `($8::text[] IS NULL OR ${ASSIGNMENT} = ANY ($8::text[]))`,
  scopeTag: `($9::text[] IS NULL OR p.scope_tags && $9::text[])`,
} as const;
export type FacetName = keyof typeof FACET_CONDITIONS;

/** What every facet keeps to: the tenant's rows first, then the text in them. */
export const COMMON_CONDITIONS = `p.tenant_id = $1 AND (p.present OR $10::boolean)
  AND ($11::text IS NULL OR position(lower($11::text) IN p.search_text) > 0)`;

/** The parameters `$2` and `$3` of the fragments above: what the catalogue says of types, nothing of a tenant. */
export function typeParameters(): SqlValue[] {
  return [POLICY_TYPES.map(({ key }) => key), NOT_ASSIGNABLE.map(({ key }) => key)];
}

/** The parameters `$2` to `$11`. */
export function filterParameters(filter: PolicyFilter): SqlValue[] {
  return [
    ...typeParameters(),
    filter.types ?? null,
    filter.typesOfCategories ?? null,
    filter.platforms ?? null,
    filter.coverage ?? null,
    filter.assignment ?? null,
    filter.scopeTags ?? null,
    filter.includeRemoved,
    filter.text ?? null,
  ];
}
