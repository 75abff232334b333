import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../access/tenant-context';
import { policyTypesQuery, type PolicyType } from '../api/policies';
import { wordsOf } from '../ui/format';

export interface PolicyTypes {
  all: readonly PolicyType[];
  find: (key: string) => PolicyType | undefined;
  /** The type's name for people; readable also while the list is not there yet, and for types of another version. */
  labelOf: (key: string) => string;
  /** For filters: by category, both by name. */
  options: PolicyTypeGroup[];
}

export interface PolicyTypeGroup {
  group: string;
  items: { value: string; label: string }[];
}

export function usePolicyTypes(): PolicyTypes {
  const { tenantId } = useTenant();
  const all = useQuery(policyTypesQuery(tenantId)).data?.items ?? [];
  const find = (key: string): PolicyType | undefined => all.find((type) => type.key === key);
  return {
    all,
    find,
    labelOf: (key) => find(key)?.label ?? wordsOf(key),
    options: groupsOf(all),
  };
}

function groupsOf(types: readonly PolicyType[]): PolicyTypeGroup[] {
  const groups = new Map<string, PolicyTypeGroup>();
  for (const { key, label, category } of [...types].sort((a, b) => a.label.localeCompare(b.label))) {
    const group = groups.get(category) ?? { group: category, items: [] };
    group.items.push({ value: key, label });
    groups.set(category, group);
  }
  return [...groups.values()].sort((a, b) => a.group.localeCompare(b.group));
}
