import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { ToneBadge } from './tone-badge';

/** Whether a policy, or all of a set, was read to the end. */
export function CompleteBadge({ complete }: { complete: boolean }) {
  return complete ? (
    <ToneBadge tone="green" Icon={IconCircleCheck}>
      Complete
    </ToneBadge>
  ) : (
    <ToneBadge tone="amber" Icon={IconAlertTriangle}>
      Incomplete
    </ToneBadge>
  );
}
