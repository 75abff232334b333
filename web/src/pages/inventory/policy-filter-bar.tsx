import { Checkbox, NativeSelect } from '@mantine/core';
import type { AssignmentState, PolicyFacet, PolicyFacets, PolicyListFilters } from '../../api/policies';
import { platformWords } from '../../inventory/platform-words';
import { DEFAULT_SCOPE_TAG } from '../../inventory/scope-tags';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { listOf } from '../../search-params';
import { ChoicesFilter } from '../../ui/choices-filter';
import { FilterBar } from '../../ui/filter-bar';
import { numberText } from '../../ui/format';
import { SearchField } from '../../ui/search-field';
import { COVERAGE_LOOKS } from './coverage-looks';

export const ASSIGNMENT_WORDS: Record<AssignmentState, string> = {
  assigned: 'Assigned',
  unassigned: 'Not assigned',
  not_assignable: 'Not assignable',
};

const COVERAGE_WORDS = Object.fromEntries(Object.entries(COVERAGE_LOOKS).map(([state, { words }]) => [state, words]));

const FACETS: readonly { facet: PolicyFacet; label: string }[] = [
  { facet: 'type', label: 'Type' },
  { facet: 'category', label: 'Category' },
  { facet: 'platform', label: 'Platform' },
  { facet: 'coverage', label: 'Coverage' },
  { facet: 'assignment', label: 'Assigned' },
  { facet: 'scopeTag', label: 'Scope tag' },
];

const SORTS = [
  { value: 'name', label: 'Name' },
  { value: 'changed', label: 'Changed last' },
];

interface PolicyFilterBarProps {
  filters: PolicyListFilters;
  /** Undefined until they are read; the filters that are set can be seen and cleared all the same. */
  facets: PolicyFacets | undefined;
  onFilter: (change: PolicyListFilters, replace?: boolean) => void;
  onClear: () => void;
}

/** The inventory's filters, each with the values that some policy has under the others, and how many have it. */
export function PolicyFilterBar({ filters, facets, onFilter, onClear }: PolicyFilterBarProps) {
  const types = usePolicyTypes();
  const active = FACETS.filter(({ facet }) => filters[facet] !== undefined).length;
  const others = [filters.q, filters.includeRemoved].filter((value) => value !== undefined).length;
  return (
    <FilterBar label="Filter policies" active={active + others} onClear={onClear}>
      <SearchField
        label="Search"
        placeholder="Name or description"
        value={filters.q ?? ''}
        onSearch={(text) => onFilter({ q: text === '' ? undefined : text }, true)}
      />
      {FACETS.map(({ facet, label }) => (
        <ChoicesFilter
          key={facet}
          label={label}
          data={optionsOf(facet, facets, listOf(filters[facet]), types.labelOf)}
          chosen={filters[facet]}
          onChoose={(values) => onFilter({ [facet]: values })}
          nothingFoundMessage={facets === undefined ? 'Loading' : 'Nothing to choose'}
          searchable
        />
      ))}
      <NativeSelect
        label="Order"
        data={SORTS}
        value={filters.sort ?? 'name'}
        onChange={({ currentTarget: { value } }) => onFilter({ sort: value === 'name' ? undefined : value })}
      />
      <Checkbox
        label="Include removed"
        className="filter-check"
        checked={filters.includeRemoved === 'true'}
        onChange={({ currentTarget: { checked } }) => onFilter({ includeRemoved: checked ? 'true' : undefined })}
      />
    </FilterBar>
  );
}

interface Option {
  value: string;
  label: string;
}

/** A value that is chosen stays in the list although no policy has it any more, so that it can be taken back. */
function optionsOf(
  facet: PolicyFacet,
  facets: PolicyFacets | undefined,
  chosen: readonly string[],
  typeLabel: (key: string) => string,
): Option[] {
  const found = (facets?.[facet] ?? []).map(({ value, label, count }) => ({
    value,
    label: `${wordsFor(facet, value, label)} (${numberText(count)})`,
  }));
  const missing = chosen.filter((value) => !found.some((option) => option.value === value));
  const fallback = (value: string): string => (facet === 'type' ? typeLabel(value) : value);
  return [...found, ...missing.map((value) => ({ value, label: wordsFor(facet, value, fallback(value)) }))];
}

function wordsFor(facet: PolicyFacet, value: string, label: string): string {
  if (facet === 'scopeTag') return label === DEFAULT_SCOPE_TAG ? 'Default' : label;
  if (facet === 'platform') return platformWords(value);
  if (facet === 'coverage') return COVERAGE_WORDS[value] ?? label;
  if (facet === 'assignment')
    return Object.hasOwn(ASSIGNMENT_WORDS, value) ? ASSIGNMENT_WORDS[value as AssignmentState] : label;
  return label;
}
