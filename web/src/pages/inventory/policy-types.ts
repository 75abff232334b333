import type { TypeCoverage } from '../../api/sync-runs';
import { wordsOf } from '../../ui/format';

export function typeLabelOf(coverage: TypeCoverage): string {
  return coverage.typeLabel ?? wordsOf(coverage.type);
}

/** The types that the last sync looked at, by name, for filters. */
export function typeOptionsOf(coverage: readonly TypeCoverage[]): { value: string; label: string }[] {
  return coverage
    .map((each) => ({ value: each.type, label: typeLabelOf(each) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
