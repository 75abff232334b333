import {
  FINDING_KINDS,
  FINDING_SEVERITIES,
  FINDING_STATUSES,
  type FindingFilters,
  type FindingKind,
  type FindingSeverity,
  type FindingStatus,
} from '../../api/findings';
import { listOf, listText } from '../../search-params';
import { Chips, type Chip } from '../../ui/chips';
import { ChoicesFilter } from '../../ui/choices-filter';
import { FilterBar } from '../../ui/filter-bar';
import { KIND_WORDS, SEVERITY_LOOKS, STATUS_LOOKS } from './finding-words';

interface FindingFilterBarProps {
  filters: FindingFilters;
  onFilter: (change: FindingFilters) => void;
  onClear: () => void;
}

const FILTERS = [
  { name: 'severity', label: 'Severity', values: FINDING_SEVERITIES },
  { name: 'status', label: 'Status', values: FINDING_STATUSES },
  { name: 'kind', label: 'Kind', values: FINDING_KINDS },
] as const;

/** What the list of findings is narrowed to, and each filter that is set as a chip. */
export function FindingFilterBar({ filters, onFilter, onClear }: FindingFilterBarProps) {
  const chips = FILTERS.flatMap(({ name, label }): Chip[] => {
    const values = listOf(filters[name]);
    return values.map((value) => ({
      words: `${label}: ${wordsFor(value)}`,
      onRemove: () => onFilter({ [name]: listText(values.filter((each) => each !== value)) }),
    }));
  });
  return (
    <>
      <FilterBar label="Filter findings" active={0} onClear={onClear}>
        {FILTERS.map(({ name, label, values }) => (
          <ChoicesFilter
            key={name}
            label={label}
            data={values.map((value) => ({ value, label: wordsFor(value) }))}
            chosen={filters[name]}
            onChoose={(chosen) => onFilter({ [name]: chosen })}
          />
        ))}
      </FilterBar>
      <Chips chips={chips} onClear={onClear} />
    </>
  );
}

function wordsFor(value: string): string {
  if (value in SEVERITY_LOOKS) return SEVERITY_LOOKS[value as FindingSeverity].words;
  if (value in STATUS_LOOKS) return STATUS_LOOKS[value as FindingStatus].words;
  return value in KIND_WORDS ? KIND_WORDS[value as FindingKind] : value;
}
