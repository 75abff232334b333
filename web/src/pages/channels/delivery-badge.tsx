import type { DeliveryState } from '../../api/channels';
import { ToneBadge } from '../../ui/tone-badge';
import { STATE_LOOKS } from './channel-words';

export function DeliveryBadge({ state }: { state: DeliveryState }) {
  const { tone, Icon, words } = STATE_LOOKS[state];
  return (
    <ToneBadge tone={tone} Icon={Icon}>
      {words}
    </ToneBadge>
  );
}
