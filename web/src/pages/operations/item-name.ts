import type { RunItem } from '../../api/operations';
import type { PolicyTypes } from '../../inventory/use-policy-types';
import { wordsOf } from '../../ui/format';

/** What people call an item, or its kind and number where it has no name. */
export function itemName(item: RunItem, types: PolicyTypes): string {
  if (item.name !== undefined && item.name !== '') return item.name;
  return item.kind === 'policy_type' ? types.labelOf(item.itemId) : `${wordsOf(item.kind)} ${item.itemId}`;
}
