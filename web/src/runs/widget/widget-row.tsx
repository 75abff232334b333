import { CloseButton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { isActive, type Run } from '../../api/operations';
import { runDurationsQuery } from '../../api/run-durations';
import { AppLink } from '../../ui/app-link';
import { useNow } from '../../ui/use-now';
import { RunBadge } from '../run-badge';
import { countsText } from '../run-numbers';
import { RunProgress } from '../run-progress';
import { etaText } from './eta-text';

interface WidgetRowProps {
  run: Run;
  /** Whether the person asked for it and was told that it runs already. */
  isFollowed: boolean;
  onDismiss: () => void;
}

export function WidgetRow({ run, isFollowed, onDismiss }: WidgetRowProps) {
  const { tenantId, user } = useTenant();
  const isOwn = run.userId === user.id;
  const counts = countsText(run.summaryCounts);
  return (
    <li className="widget-row">
      <div className="widget-row-head">
        <AppLink href={`/t/${tenantId}/operations/${run.id}`} className="widget-name">
          {run.label}
          {typeof run.subject?.name === 'string' && <span className="widget-subject"> · {run.subject.name}</span>}
        </AppLink>
        <RunBadge run={run} />
        <CloseButton size="sm" aria-label={`Dismiss ${run.label}`} onClick={onDismiss} />
      </div>
      {!isOwn && (
        <Text size="xs" c="dimmed">
          {isFollowed && isActive(run) ? 'Already running, started' : 'Started'} by {run.initiatorName}
        </Text>
      )}
      {isActive(run) && (
        <div className="widget-progress">
          <RunProgress run={run} />
        </div>
      )}
      {/* Of what went well, that it did is enough. */}
      {run.outcome !== 'succeeded' && (
        <div className="widget-row-foot numbers">
          <span>{counts}</span>
          {isActive(run) && <Eta run={run} />}
        </div>
      )}
    </li>
  );
}

function Eta({ run }: { run: Run }) {
  const { tenantId } = useTenant();
  const now = useNow();
  const usual = useQuery(runDurationsQuery(tenantId, run.type)).data?.p50Ms ?? null;
  return <span>{etaText(run, usual, now)}</span>;
}
