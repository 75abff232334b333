import { Group, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../access/tenant-context';
import { activeRunsQuery } from '../api/operations';
import { AppLink } from '../ui/app-link';
import { RunBadge } from './run-badge';
import { countsText } from './run-numbers';
import { RunProgress } from './run-progress';

interface ActiveRunNoteProps {
  type: string;
  /** Only runs about this thing, for pages of one thing. */
  subjectId?: string;
}

/** What is being worked for a feature page right now, by whom, and how far it is. */
export function ActiveRunNote({ type, subjectId }: ActiveRunNoteProps) {
  const { tenantId } = useTenant();
  const runs = useQuery(activeRunsQuery(tenantId)).data?.items ?? [];
  const shown = runs.filter(
    (run) => run.type === type && (subjectId === undefined || run.subject === null || run.subject.id === subjectId),
  );
  return shown.map((run) => (
    <Paper key={run.id} p="sm" mb="md" className="run-note">
      <Group gap="sm" mb={8} justify="space-between">
        <Group gap="sm">
          <RunBadge run={run} />
          <Text size="sm">
            {run.label}, started by {run.initiatorName}
          </Text>
          <Text size="sm" c="dimmed" className="numbers">
            {countsText(run.summaryCounts)}
          </Text>
        </Group>
        <AppLink href={`/t/${tenantId}/operations/${run.id}`} className="link-small">
          View run
        </AppLink>
      </Group>
      <RunProgress run={run} />
    </Paper>
  ));
}
