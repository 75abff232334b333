import { Box, Paper } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTenant } from '../../access/tenant-context';
import { runSummaryQuery, type Run } from '../../api/operations';
import { runListQuery } from '../../api/run-list';
import { PageHeader } from '../../ui/page-header';
import { Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { BucketToggles } from './bucket-toggles';
import { DurationStrip } from './duration-strip';
import { FilterChips } from './filter-chips';
import { Freshness } from './freshness';
import { KeysHelp } from './keys-help';
import { ListHead } from './list-head';
import { NoRuns } from './no-runs';
import { RunFilterBar } from './run-filter-bar';
import { RunTable } from './run-table';
import { useHeldRows } from './use-held-rows';
import { moveFocus, useListKeys } from './use-list-keys';
import { useRunSearch } from './use-run-search';

const NONE: readonly Run[] = [];

/** Monitoring: what ran, runs and waits. It only shows; runs are started on the pages of what they work on. */
export function OperationsPage() {
  const { tenantId } = useTenant();
  const { search, filters, buckets, size, isFiltered, filter, turn, clear } = useRunSearch();
  const [paused, setPaused] = useState(false);
  const [helpOpened, help] = useDisclosure(false);
  const page = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);

  const runs = useQuery(runListQuery(tenantId, filters, paused));
  const summary = useQuery(runSummaryQuery(tenantId)).data;
  const held = useHeldRows(
    runs.data?.items ?? NONE,
    JSON.stringify(filters),
    runs.data !== undefined && !runs.isPlaceholderData,
  );
  const [onlyType] = search.type === undefined || search.type.includes(',') ? [] : [search.type];

  const refresh = (): void => {
    setPaused(false);
    held.show();
    void runs.refetch();
  };
  const pause = (): void => {
    setPaused(true);
    held.pause(runs.dataUpdatedAt);
  };
  useListKeys({
    search: () => page.current?.querySelector<HTMLInputElement>('input[type="search"]')?.focus(),
    move: (by) => moveFocus(table.current, by),
    refresh,
    help: help.open,
  });

  return (
    <div ref={page}>
      <PageHeader
        title="Operations"
        description="Every long-running operation of this tenant, newest first. Operations start on the pages of what they work on."
        actions={
          <Freshness
            updatedAt={held.readAt ?? runs.dataUpdatedAt}
            paused={paused}
            onPause={paused ? refresh : pause}
            onRefresh={refresh}
            onHelp={help.open}
          />
        }
      />
      <Paper className="section">
        <RunFilterBar search={search} types={summary?.types} runs={held.rows} onFilter={filter} />
        <BucketToggles chosen={buckets} summary={summary} onChoose={(bucket) => filter({ bucket })} />
        <FilterChips search={search} buckets={buckets} types={summary?.types} onFilter={filter} onClear={clear} />
        {onlyType !== undefined && (
          <Box px="md" pb="md">
            <DurationStrip type={onlyType} />
          </Box>
        )}
        <QueryView query={runs}>
          {(data) => (
            <>
              {held.rows.length > 0 ? (
                <>
                  <ListHead
                    size={size}
                    shown={held.rows.length}
                    changes={held.waiting + held.gone.size}
                    onSize={(limit) => filter({ limit })}
                    onShow={refresh}
                  />
                  <RunTable ref={table} runs={held.rows} gone={held.gone} onHold={held.hold} onRelease={held.release} />
                </>
              ) : (
                <NoRuns isFiltered={isFiltered || filters.cursor !== undefined} onClear={clear} />
              )}
              <Pager cursor={filters.cursor} nextCursor={data.nextCursor} onMove={turn} />
            </>
          )}
        </QueryView>
      </Paper>
      <KeysHelp opened={helpOpened} onClose={help.close} />
    </div>
  );
}
