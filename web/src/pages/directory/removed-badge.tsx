import { Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { RemovedReason } from '../../api/directory';
import { ToneBadge } from '../../ui/tone-badge';
import { REMOVED_WORDS } from './group-words';

/** That a group is gone, and how, on hover and focus. */
export function RemovedBadge({ reason }: { reason: RemovedReason | null }) {
  const badge = (
    <ToneBadge tone="amber" Icon={IconTrash}>
      Removed
    </ToneBadge>
  );
  if (reason === null) return badge;
  return (
    <Tooltip label={REMOVED_WORDS[reason]}>
      <span tabIndex={0}>{badge}</span>
    </Tooltip>
  );
}
