import { Group, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../access/tenant-context';
import { activeRunsQuery, type Run } from '../api/operations';
import { AppLink } from '../ui/app-link';
import { countOf } from '../ui/format';
import { RunBadge } from './run-badge';
import { countsText } from './run-numbers';
import { RunProgress } from './run-progress';

interface ActiveRunNoteProps {
  type: string;
  /** Only runs about this thing, for pages of one thing. */
  subjectId?: string;
}

/** More than these are told by their number. */
const MOST = 3;

/** What is being worked for a feature page right now, by whom, and how far it is. */
export function ActiveRunNote({ type, subjectId }: ActiveRunNoteProps) {
  const { tenantId } = useTenant();
  const runs = useQuery(activeRunsQuery(tenantId)).data?.items ?? [];
  const shown = runs.filter(
    (run) => run.type === type && (subjectId === undefined || run.subject === null || run.subject.id === subjectId),
  );
  const others = shown.length - MOST;
  return (
    <>
      {shown.slice(0, MOST).map((run) => (
        <OneRun key={run.id} run={run} />
      ))}
      {others > 0 && (
        <Text size="sm" mb="md">
          <AppLink href={`/t/${tenantId}/operations?bucket=queued,running&type=${type}`} className="link">
            {countOf(others, 'more run')} of this kind {others === 1 ? 'is' : 'are'} active
          </AppLink>
        </Text>
      )}
    </>
  );
}

function OneRun({ run }: { run: Run }) {
  const { tenantId } = useTenant();
  return (
    <Paper p="sm" mb="md" className="run-note">
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
  );
}
