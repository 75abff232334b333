import { SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconCircleCheck, IconCircleX, IconPlayerSkipForward, type TablerIcon } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import { isActive, runItemsQuery, type ItemResult, type Run, type RunItem } from '../../api/operations';
import { usePolicyTypes, type PolicyTypes } from '../../inventory/use-policy-types';
import { AppLink } from '../../ui/app-link';
import { DataTable, type Column } from '../../ui/data-table';
import { wordsOf } from '../../ui/format';
import { BY_NAME, Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import type { Tone } from '../../ui/tone';
import { ToneBadge } from '../../ui/tone-badge';

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
  const { result, cursor } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const types = usePolicyTypes();
  const items = useQuery(runItemsQuery(tenantId, run.id, { result, cursor }, run.updatedAt));
  // Runs without items, and those whose items come with their end, would only show an empty table.
  const isWhole = result === undefined && cursor === undefined;
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
      cell: (item) =>
        item.kind === 'policy' && item.result !== 'failed' ? (
          <AppLink href={`/t/${tenantId}/inventory/policies/${item.itemId}`} className="link">
            Policy {item.itemId}
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
        <SegmentedControl
          size="xs"
          aria-label="Show items"
          data={CHOICES}
          value={result ?? 'all'}
          onChange={(value) => void navigate({ search: value === 'all' ? {} : { result: value }, replace: true })}
        />
      }
    >
      <QueryView query={items}>
        {(page) => (
          <>
            {page.items.length === 0 ? (
              <Text c="dimmed" size="sm" p="md">
                No item has this result.
              </Text>
            ) : (
              <DataTable caption="Items of this run" columns={columns} rows={page.items} keyOf={keyOf} />
            )}
            <Pager
              cursor={cursor}
              nextCursor={page.nextCursor}
              words={BY_NAME}
              onMove={(next) => void navigate({ search: { result, cursor: next } })}
            />
          </>
        )}
      </QueryView>
    </Section>
  );
}

function itemName(item: RunItem, types: PolicyTypes): string {
  return item.kind === 'policy_type' ? types.labelOf(item.itemId) : `${wordsOf(item.kind)} ${item.itemId}`;
}

function keyOf(item: RunItem): string {
  return `${item.kind} ${item.itemId}`;
}
