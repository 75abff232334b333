import { Group, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import type { BackupSet } from '../../api/backup-sets';
import { isActive, runsQuery, type Run } from '../../api/operations';
import { RunBadge } from '../../runs/run-badge';
import { AppLink } from '../../ui/app-link';
import { countOf, numberText } from '../../ui/format';
import { TimeAgo } from '../../ui/time-ago';
import { FailureSummary } from '../operations/failure-summary';

const TYPE = 'backup_set.add_policies';

/** How the newest addition to a set ended: what it added, and for what it could not add why and what to do. */
export function LastAddition({ set }: { set: BackupSet }) {
  const { tenantId } = useTenant();
  const runs = useQuery(runsQuery(tenantId, { type: TYPE, q: set.name }, false)).data?.items ?? [];
  const run = runs.find(({ subject }) => subject?.id === set.id);
  if (run === undefined || isActive(run)) return null;
  return (
    <>
      <Paper p="sm" px="md" mb="md" role="status">
        <Group gap="sm">
          <RunBadge run={run} />
          <Text size="sm">{resultText(run)}</Text>
          <Text size="sm" c="dimmed" component="div">
            {run.initiatorName}, <TimeAgo at={run.completedAt ?? run.updatedAt} />
          </Text>
          <AppLink href={`/t/${tenantId}/operations/${run.id}`} className="link-small">
            View run
          </AppLink>
        </Group>
      </Paper>
      {run.failureSummary.length > 0 && <FailureSummary run={run} />}
    </>
  );
}

/** "197 of 200 policies were added; 3 could not be." */
function resultText({ summaryCounts: { total, success, failed, skipped } }: Run): string {
  const parts = [
    `${numberText(success)} of ${countOf(total, 'policy', 'policies')} ${total === 1 ? 'was' : 'were'} added`,
  ];
  if (failed > 0) parts.push(`${numberText(failed)} could not be`);
  if (skipped > 0) parts.push(`${numberText(skipped)} ${skipped === 1 ? 'was' : 'were'} there already`);
  return `Last addition: ${parts.join('; ')}.`;
}
