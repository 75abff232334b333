import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import {
  ASSIGNMENT,
  COMMON_CONDITIONS,
  COVERAGE_CTE,
  FACET_CONDITIONS,
  filterParameters,
  PLATFORMS,
  POLICY_COVERAGE,
  type FacetName,
  type PolicyFilter,
} from './policy-filter.js';

/** How many policies have a value; of the facet `total`, all that match. */
export interface FacetRow {
  facet: FacetName | 'total';
  value: string;
  /** The name of a scope tag, where the tenant's own tags were read. */
  label: string | null;
  count: number;
}

const FACETS = Object.keys(FACET_CONDITIONS) as FacetName[];
const MATCHES = FACETS.map((facet) => `${FACET_CONDITIONS[facet]} AS by_${facet}`).join(',\n');

/** Where a facet's value stands in the rows of `found`; a policy of several platforms or tags counts for each. */
const VALUES: Record<FacetName, { value: string; from: string }> = {
  type: { value: 'f.type', from: 'found f' },
  category: { value: 'f.type', from: 'found f' },
  platform: { value: 'v', from: 'found f CROSS JOIN LATERAL unnest(f.platforms) AS v' },
  coverage: { value: 'f.coverage', from: 'found f' },
  assignment: { value: 'f.assignment', from: 'found f' },
  scopeTag: { value: 'v', from: 'found f CROSS JOIN LATERAL unnest(f.scope_tags) AS v' },
};

/** Counts of the policies of one tenant by what they can be narrowed to. */
@Injectable()
export class PolicyFacetsRepository {
  constructor(private readonly database: TenantDatabase) {}

  /**
   * Every facet in one statement: the tenant's rows are read once and put together by what is counted, and each facet
   * counts those that the filters of the others leave, so that a person sees what else could be chosen. The value of
   * `category` is a type's key.
   */
  count(scope: TenantScope, filter: PolicyFilter): Promise<FacetRow[]> {
    return this.database.query<FacetRow>(
      scope,
      `WITH ${COVERAGE_CTE}, alike AS (
         SELECT p.type, p.platform, p.complete, p.assigned, p.scope_tags, count(*) AS policies
         FROM inventory_policies p WHERE ${COMMON_CONDITIONS}
         GROUP BY p.type, p.platform, p.complete, p.assigned, p.scope_tags
       ), found AS MATERIALIZED (
         SELECT p.policies, p.type, ${PLATFORMS} AS platforms, p.scope_tags, ${POLICY_COVERAGE} AS coverage,
           ${ASSIGNMENT} AS assignment, ${MATCHES}
         FROM alike p LEFT JOIN coverage c ON c.type = p.type
       ), counted AS (
         ${FACETS.map(countsOf).join('\nUNION ALL\n')}
         UNION ALL
         SELECT 'total', '', sum(policies) FROM found f WHERE ${FACETS.map((facet) => `by_${facet}`).join(' AND ')}
       )
       SELECT n.facet, n.value, t.name AS label, coalesce(n.count, 0)::integer AS count
       FROM counted n
       LEFT JOIN inventory_policies t ON n.facet = 'scopeTag' AND t.tenant_id = $1 AND t.type = 'roleScopeTag'
         AND t.external_id = n.value AND t.present`,
      filterParameters(filter),
    );
  }
}

function countsOf(facet: FacetName): string {
  const others = FACETS.filter((other) => other !== facet).map((other) => `by_${other}`);
  const { value, from } = VALUES[facet];
  return `SELECT '${facet}' AS facet, ${value} AS value, sum(f.policies) AS count FROM ${from}
    WHERE ${others.join(' AND ')} GROUP BY ${value}`;
}
