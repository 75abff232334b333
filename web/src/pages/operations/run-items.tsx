import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import {
  IconCircleCheck,
  IconCircleX,
  IconDownload,
  IconPlayerSkipForward,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import { isActive, type ItemResult, type Run, type RunItem } from '../../api/operations';
import { itemsCsvAddress, runItemsQuery } from '../../api/run-items';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { AppLink } from '../../ui/app-link';
import { DataTable, type Column } from '../../ui/data-table';
import { BY_NAME, Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import type { Tone } from '../../ui/tone';
import { ToneBadge } from '../../ui/tone-badge';
import { itemName } from './item-name';

const ROUTE = '/t/$tenantId/operations/$runId';

const RESULTS: Record<ItemResult, { words: string; tone: Tone; Icon: TablerIcon }> = {
  success: { words: 'Succeeded', tone: 'green', Icon: IconCircleCheck },
  failed: { words: 'Failed', tone: 'red', Icon: IconCircleX },
  skipped: { words: 'Skipped', tone: 'gray', Icon: IconPlayerSkipForward },
};

const CHOICES = [
  { value: 'all', label: 'All' },
  { value: 'failed', label: 'Failed' },
  { value: 'skipped', label: 'Skipped' },
  { value: 'success', label: 'Succeeded' },
];

export function RunItems({ run }: { run: Run }) {
  const { tenantId } = useTenant();
  const { result, reason, cursor } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const types = usePolicyTypes();
  const items = useQuery(runItemsQuery(tenantId, run.id, { result, reasonCode: reason, cursor }));
  // Runs without items, and those whose items come with their end, would only show an empty table.
  const isWhole = result === undefined && reason === undefined && cursor === undefined;
  const isWaiting = items.isPending && (isActive(run) || run.summaryCounts.total === 0);
  if (isWhole && (isWaiting || items.data?.items.length === 0)) return null;

  const columns: Column<RunItem>[] = [
    {
      key: 'result',
      header: 'Result',
      width: 150,
      cell: (item) => {
        const { words, tone, Icon } = RESULTS[item.result];
        return (
          <ToneBadge tone={tone} Icon={Icon}>
            {words}
          </ToneBadge>
        );
      },
    },
    {
      key: 'item',
      header: 'Item',
      isHeading: true,
      width: '42%',
      cell: (item) =>
        item.kind === 'policy' && item.result !== 'failed' ? (
          <AppLink href={`/t/${tenantId}/inventory/policies/${item.itemId}`} className="link">
            {itemName(item, types)}
          </AppLink>
        ) : (
          itemName(item, types)
        ),
    },
    {
      key: 'reason',
      header: 'Reason',
      cell: (item) =>
        item.reasonCode === undefined ? (
          '–'
        ) : (
          <>
            {item.reason}
            <div className="cell-note">
              <code>{item.reasonCode}</code>
            </div>
          </>
        ),
    },
  ];

  return (
    <Section
      title="Items"
      flush
      actions={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="Show items"
            data={CHOICES}
            value={result ?? 'all'}
            onChange={(value) => void navigate({ search: value === 'all' ? {} : { result: value }, replace: true })}
          />
          <Button
            component="a"
            href={itemsCsvAddress(tenantId, run.id, { result, reasonCode: reason })}
            download
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            CSV
          </Button>
        </Group>
      }
    >
      {reason !== undefined && (
        <Button
          mx="md"
          mb="xs"
          size="compact-sm"
          radius="xl"
          variant="default"
          rightSection={<IconX size={14} aria-hidden />}
          aria-label={`Remove filter Reason: ${reason}`}
          onClick={() => void navigate({ search: { result }, replace: true })}
        >
          Reason: {reason}
        </Button>
      )}
      <QueryView query={items}>
        {(page) => (
          <>
            {page.items.length === 0 ? (
              <Text c="dimmed" size="sm" p="md">
                No item matches.
              </Text>
            ) : (
              <DataTable caption="Items of this run" columns={columns} rows={page.items} keyOf={keyOf} />
            )}
            <Pager
              cursor={cursor}
              nextCursor={page.nextCursor}
              words={BY_NAME}
              onMove={(next) => void navigate({ search: { result, reason, cursor: next } })}
            />
          </>
        )}
      </QueryView>
    </Section>
  );
}

function keyOf(item: RunItem): string {
  return `${item.kind} ${item.itemId}`;
}
