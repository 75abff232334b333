import { Group, Paper, Text } from '@mantine/core';
import { useTenant } from '../../access/tenant-context';
import type { GroupCache } from '../../api/directory';
import { RunBadge } from '../../runs/run-badge';
import { AppLink } from '../../ui/app-link';
import { countOf } from '../../ui/format';
import { TimeAgo } from '../../ui/time-ago';

/** How old the group cache is, what it holds, and how the last sync ended. */
export function CacheNote({ cache }: { cache: GroupCache }) {
  const { tenantId } = useTenant();
  const { groups, removedGroups, helperText, lastFullAt, reading, lastSync } = cache;
  return (
    <Paper p="sm" px="md" mb="md">
      <Text size="sm">{helperText}</Text>
      <Group gap="sm" mt={6}>
        <Text size="sm" c="dimmed" component="div">
          {countOf(groups, 'group')}
          {removedGroups > 0 && ` and ${removedGroups} removed`}
          {lastFullAt !== null && (
            <>
              ; all of them were read <TimeAgo at={lastFullAt} />
            </>
          )}
          .
        </Text>
        {lastSync !== null && (
          <>
            <Text size="sm" c="dimmed" component="div">
              Last sync <TimeAgo at={lastSync.at} />
            </Text>
            <RunBadge run={{ status: 'completed', outcome: lastSync.outcome }} />
            <AppLink href={`/t/${tenantId}/operations/${lastSync.runId}`} className="link-small">
              View run
            </AppLink>
          </>
        )}
      </Group>
      {lastSync?.reason != null && (
        <Text size="sm" mt={6}>
          {lastSync.reason}
        </Text>
      )}
      {reading && (
        <Text size="sm" c="dimmed" mt={6}>
          A reading was begun and has not come to its end; the next sync goes on with it.
        </Text>
      )}
    </Paper>
  );
}
