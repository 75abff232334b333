import { Group, Paper, Text } from '@mantine/core';
import { useTenant } from '../../access/tenant-context';
import type { SyncRun } from '../../api/sync-runs';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { AppLink } from '../../ui/app-link';
import { countOf, numberText } from '../../ui/format';
import { TimeAgo } from '../../ui/time-ago';
import { ToneBadge } from '../../ui/tone-badge';
import { COVERAGE_LOOKS } from './coverage-looks';

const SHOWN = 4;

/** When the inventory was read, and what of it could not be. */
export function CoverageNote({ sync }: { sync: SyncRun }) {
  const { tenantId } = useTenant();
  const types = usePolicyTypes();
  const gaps = sync.coverage.filter(({ state }) => state !== 'read');
  const read = sync.coverage.length - gaps.length;
  return (
    <Paper p="sm" px="md" mb="md">
      <Group gap="sm">
        <Text size="sm" component="div">
          {sync.finishedAt === null ? 'A sync is being worked since ' : 'Last sync '}
          <TimeAgo at={sync.finishedAt ?? sync.startedAt} />
          {sync.coverage.length > 0 &&
            `: ${numberText(read)} of ${countOf(sync.coverage.length, 'policy type')} read to the end`}
          .
        </Text>
        {gaps.slice(0, SHOWN).map((gap) => {
          const { words, tone, Icon } = COVERAGE_LOOKS[gap.state];
          return (
            <ToneBadge
              key={gap.type}
              tone={tone}
              Icon={Icon}
            >{`${types.labelOf(gap.type)}: ${words.toLowerCase()}`}</ToneBadge>
          );
        })}
        {gaps.length > SHOWN && (
          <Text size="sm" c="dimmed">
            and {gaps.length - SHOWN} more
          </Text>
        )}
        <AppLink href={`/t/${tenantId}/inventory/sync-runs/${sync.id}`} className="link-small">
          Coverage
        </AppLink>
      </Group>
    </Paper>
  );
}
