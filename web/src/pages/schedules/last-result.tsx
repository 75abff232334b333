import { IconBan, IconLoader, IconPlayerPlay, IconRepeat, type TablerIcon } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import type { Firing } from '../../api/schedules';
import { AppLink } from '../../ui/app-link';
import { TimeAgo } from '../../ui/time-ago';
import type { Tone } from '../../ui/tone';
import { ToneBadge } from '../../ui/tone-badge';

const LOOKS: Record<Firing['result'], { tone: Tone; Icon: TablerIcon; words: string }> = {
  starting: { tone: 'blue', Icon: IconLoader, words: 'Starting' },
  started: { tone: 'green', Icon: IconPlayerPlay, words: 'Started' },
  already_running: { tone: 'gray', Icon: IconRepeat, words: 'Was running already' },
  refused: { tone: 'red', Icon: IconBan, words: 'Not started' },
};

/** What became of a schedule's newest tick, with its run where there is one. */
export function LastResult({ firing }: { firing: Firing | null }) {
  const { tenantId } = useTenant();
  if (firing === null) return <div className="cell-note">Has not run yet</div>;
  const { tone, Icon, words } = LOOKS[firing.result];
  return (
    <div>
      <ToneBadge tone={tone} Icon={Icon}>
        {words}
      </ToneBadge>
      <div className="cell-note">
        <TimeAgo at={firing.firedAt} />
        {firing.runId !== null && (
          <>
            {' · '}
            <AppLink href={`/t/${tenantId}/operations/${firing.runId}`} className="link-small">
              View run {firing.runId}
            </AppLink>
          </>
        )}
      </div>
      {firing.reason !== null && <div className="cell-note">{firing.reason}</div>}
    </div>
  );
}
