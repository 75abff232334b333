import { IconEqual, IconPencil, IconPlus, IconMinus, type TablerIcon } from '@tabler/icons-react';
import type { Tone } from '../ui/tone';
import type { ChangeCounts, NodeChange } from './diff-node';

export const CHANGE_LOOKS: Record<NodeChange, { words: string; tone: Tone; Icon: TablerIcon }> = {
  added: { words: 'Added', tone: 'green', Icon: IconPlus },
  removed: { words: 'Removed', tone: 'red', Icon: IconMinus },
  changed: { words: 'Changed', tone: 'amber', Icon: IconPencil },
  same: { words: 'Unchanged', tone: 'gray', Icon: IconEqual },
};

/** "3 changed · 1 added"; "no changes" for none. */
export function countsWords({ changed, added, removed }: ChangeCounts): string {
  const parts = [
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(added > 0 ? [`${added} added`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
  ];
  return parts.length === 0 ? 'No changes' : parts.join(' · ');
}
