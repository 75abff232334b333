import { Button, Group, MultiSelect, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconActivity, IconFilterOff, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTenant } from '../../access/tenant-context';
import { runsQuery, runSummaryQuery } from '../../api/operations';
import { BUCKET_WORDS, bucketFilters, isBucket, RUN_BUCKETS } from '../../runs/run-bucket';
import { listOf, listText } from '../../search-params';
import { FilterBar } from '../../ui/filter-bar';
import { relativeTime } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { SearchField } from '../../ui/search-field';
import { EmptyState } from '../../ui/states';
import { useNow } from '../../ui/use-now';
import { RunTable } from './run-table';

const ROUTE = '/t/$tenantId/operations';
const BUCKET_OPTIONS = RUN_BUCKETS.map((bucket) => ({ value: bucket, label: BUCKET_WORDS[bucket] }));

/** Monitoring: what ran, runs and waits. It only shows; runs are started on the pages of what they work on. */
export function OperationsPage() {
  const { tenantId } = useTenant();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [paused, setPaused] = useState(false);

  const buckets = listOf(search.bucket).filter(isBucket);
  const { type, initiator, q, cursor } = search;
  const filters = { ...bucketFilters(buckets), type, initiator, q, cursor };
  const runs = useQuery(runsQuery(tenantId, filters, paused));
  const types = useQuery(runSummaryQuery(tenantId)).data?.types ?? [];
  const typeOptions = types.map((each) => ({ value: each.type, label: each.label }));
  const filterCount = [search.bucket, type, initiator, q].filter((value) => value !== undefined).length;
  const isFiltered = filterCount > 0;

  const filter = (change: Partial<typeof search>, replace = false): void =>
    void navigate({ search: { ...search, ...change, cursor: undefined }, replace });
  const clear = (): void => void navigate({ search: {} });

  return (
    <>
      <PageHeader
        title="Operations"
        description="Every long-running operation of this tenant, newest first."
        actions={<Freshness updatedAt={runs.dataUpdatedAt} paused={paused} onPause={setPaused} />}
      />
      <Paper className="section">
        <FilterBar label="Filter operations" active={filterCount} onClear={clear}>
          <SearchField
            label="Search"
            placeholder="Run number, subject or name"
            value={q ?? ''}
            onSearch={(text) => filter({ q: text === '' ? undefined : text }, true)}
          />
          <MultiSelect
            label="Status"
            placeholder={buckets.length === 0 ? 'All' : undefined}
            data={BUCKET_OPTIONS}
            value={buckets}
            onChange={(values) => filter({ bucket: listText(values) })}
            clearable
          />
          <MultiSelect
            label="Type"
            placeholder={type === undefined ? 'All' : undefined}
            data={typeOptions}
            value={listOf(type)}
            onChange={(values) => filter({ type: listText(values) })}
            clearable
          />
          <SearchField
            label="Initiator"
            placeholder="Anyone"
            value={initiator ?? ''}
            onSearch={(text) => filter({ initiator: text === '' ? undefined : text }, true)}
          />
        </FilterBar>
        <QueryView query={runs}>
          {(page) => (
            <>
              {page.items.length > 0 ? (
                <RunTable runs={page.items} />
              ) : isFiltered || cursor !== undefined ? (
                <EmptyState
                  icon={<IconFilterOff size={26} />}
                  title="No operation matches"
                  action={
                    <Button variant="default" onClick={clear}>
                      Clear filters
                    </Button>
                  }
                >
                  There are operations, but none with these filters.
                </EmptyState>
              ) : (
                <EmptyState icon={<IconActivity size={26} />} title="Nothing ran yet">
                  Start an inventory sync on the Inventory page; it shows here as soon as it is queued.
                </EmptyState>
              )}
              <Pager
                cursor={cursor}
                nextCursor={page.nextCursor}
                onMove={(next) => void navigate({ search: { ...search, cursor: next } })}
              />
            </>
          )}
        </QueryView>
      </Paper>
    </>
  );
}

interface FreshnessProps {
  updatedAt: number;
  paused: boolean;
  onPause: (paused: boolean) => void;
}

function Freshness({ updatedAt, paused, onPause }: FreshnessProps) {
  const now = useNow();
  return (
    <Group gap="xs">
      {updatedAt > 0 && (
        <Text size="sm" c="dimmed">
          Updated {relativeTime(new Date(updatedAt).toISOString(), now)}
        </Text>
      )}
      <Button
        variant="default"
        size="sm"
        aria-pressed={paused}
        leftSection={paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
        onClick={() => onPause(!paused)}
      >
        {paused ? 'Resume updates' : 'Pause updates'}
      </Button>
    </Group>
  );
}
