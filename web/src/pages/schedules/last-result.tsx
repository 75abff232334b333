import { useQuery } from '@tanstack/react-query';
import { IconBan, IconLoader, IconPlayerPlay, IconRepeat, type TablerIcon } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import { runQuery } from '../../api/operations';
import type { Firing } from '../../api/schedules';
import { RunBadge } from '../../runs/run-badge';
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

/** What became of a schedule's newest tick: how its run stands, or why there is none. */
export function LastResult({ firing }: { firing: Firing | null }) {
  const { tenantId } = useTenant();
  const isOfRun = firing?.result === 'started';
  const run = useQuery({ ...runQuery(tenantId, firing?.runId ?? ''), enabled: isOfRun && firing.runId !== null }).data;
  if (firing === null) return <div className="cell-note">Has not run yet</div>;
  const { tone, Icon, words } = LOOKS[firing.result];
  return (
    <div>
      {run === undefined ? (
        <ToneBadge tone={tone} Icon={Icon}>
          {words}
        </ToneBadge>
      ) : (
        <RunBadge run={run} />
      )}
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
