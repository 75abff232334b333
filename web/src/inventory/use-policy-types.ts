import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../access/tenant-context';
import { policyTypesQuery, type PolicyType } from '../api/policies';
import { wordsOf } from '../ui/format';

export interface PolicyTypes {
  all: readonly PolicyType[];
  find: (key: string) => PolicyType | undefined;
  /** The type's name for people; readable also while the list is not there yet, and for types of another version. */
  labelOf: (key: string) => string;
  /** For filters. */
  options: { value: string; label: string }[];
}

export function usePolicyTypes(): PolicyTypes {
  const { tenantId } = useTenant();
  const all = useQuery(policyTypesQuery(tenantId)).data?.items ?? [];
  const find = (key: string): PolicyType | undefined => all.find((type) => type.key === key);
  return {
    all,
    find,
    labelOf: (key) => find(key)?.label ?? wordsOf(key),
    options: all.map(({ key, label }) => ({ value: key, label })).sort((a, b) => a.label.localeCompare(b.label)),
  };
}
