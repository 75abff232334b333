import { Injectable } from '@nestjs/common';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { PolicyFacetsRepository, type FacetRow } from './data/policy-facets.repository.js';
import type { FacetName, PolicyFilter } from './data/policy-filter.js';
import type { FacetValueDto, PolicyFacetsDto } from './http/policy-search.dto.js';

/** What a list of policies could be narrowed to, with counts. */
@Injectable()
export class InventoryFacets {
  constructor(private readonly facets: PolicyFacetsRepository) {}

  /** One round trip; each facet is counted under the filters of the others. */
  async of(scope: TenantScope, filter: PolicyFilter): Promise<PolicyFacetsDto> {
    const rows = await this.facets.count(scope, filter);
    return {
      total: rows.find(({ facet }) => facet === 'total')?.count ?? 0,
      type: valuesOf(rows, 'type', ({ value }) => ({ value, label: policyType(value)?.label ?? value })),
      category: valuesOf(rows, 'category', ({ value: type }) => {
        const value = policyType(type)?.category ?? 'Other';
        return { value, label: value };
      }),
      platform: valuesOf(rows, 'platform', asItself),
      coverage: valuesOf(rows, 'coverage', asItself),
      assignment: valuesOf(rows, 'assignment', asItself),
      scopeTag: valuesOf(rows, 'scopeTag', ({ value, label }) => ({ value, label: label ?? value })),
    };
  }
}

function asItself({ value }: FacetRow): Omit<FacetValueDto, 'count'> {
  return { value, label: value };
}

function valuesOf(
  rows: readonly FacetRow[],
  facet: FacetName,
  shown: (row: FacetRow) => Omit<FacetValueDto, 'count'>,
): FacetValueDto[] {
  const values = new Map<string, FacetValueDto>();
  for (const row of rows) {
    if (row.facet !== facet) continue;
    const value = shown(row);
    const count = (values.get(value.value)?.count ?? 0) + row.count;
    values.set(value.value, { ...value, count });
  }
  return [...values.values()].sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}
