import { Button, Checkbox, Group, Paper, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconFilterOff, IconRefresh, IconUsersGroup } from '@tabler/icons-react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { GROUP_KINDS, groupCacheQuery, groupsQuery, startGroupSync } from '../../api/directory';
import { useMissingConnection } from '../../inventory/use-missing-connection';
import { ActiveRunNote } from '../../runs/active-run-note';
import { useStartRun } from '../../runs/use-start-run';
import { limitOf, limitText } from '../../search-params';
import { ChoicesFilter } from '../../ui/choices-filter';
import { DataTable } from '../../ui/data-table';
import { FilterBar } from '../../ui/filter-bar';
import { PageHeader } from '../../ui/page-header';
import { BY_NAME, Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { RowLimit } from '../../ui/row-limit';
import { SearchField } from '../../ui/search-field';
import { EmptyState } from '../../ui/states';
import { CacheNote } from './cache-note';
import { groupColumns } from './group-columns';
import { LiveSearch } from './live-search';
import { GROUP_KIND_WORDS } from './group-words';

const ROUTE = '/t/$tenantId/directory/groups';
const KINDS = GROUP_KINDS.map((value) => ({ value, label: GROUP_KIND_WORDS[value] }));

export function GroupsPage() {
  const { tenantId } = useTenant();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const { cursor, where, live, limit: limitParam, ...filters } = search;
  const limit = limitOf(limitParam);
  const groups = useQuery(groupsQuery(tenantId, { ...filters, cursor }, limit));
  const cache = useQuery(groupCacheQuery(tenantId));
  const missing = useMissingConnection();
  const sync = useStartRun((full: boolean) => startGroupSync(tenantId, full));

  const active = Object.values(filters).filter((value) => value !== undefined).length;
  const filter = (change: Partial<typeof filters>, replace = false): void =>
    void navigate({ search: { ...filters, limit: limitParam, ...change }, replace });
  const clear = (): void => void navigate({ search: { limit: limitParam } });
  const isEmptyCache = cache.data?.asOf === null;

  const syncButton = (
    <GuardedButton
      permission="directory:sync"
      blocked={missing}
      loading={sync.isPending && !sync.variables}
      leftSection={<IconRefresh size={16} aria-hidden />}
      onClick={() => sync.mutate(false)}
    >
      Sync groups
    </GuardedButton>
  );
  const fullButton = (
    <GuardedButton
      permission="directory:sync"
      blocked={missing}
      variant="default"
      loading={sync.isPending && sync.variables}
      onClick={() => sync.mutate(true)}
    >
      Read all again
    </GuardedButton>
  );

  return (
    <>
      <PageHeader
        title="Directory"
        description="The groups of Microsoft Entra ID as the last group sync read them."
        actions={
          <>
            {!isEmptyCache && fullButton}
            {syncButton}
          </>
        }
      />
      <ActiveRunNote type="directory_groups.sync" />
      {cache.data !== undefined && <CacheNote cache={cache.data} />}
      <SegmentedControl
        aria-label="Where groups are looked for"
        mb="md"
        data={[
          { value: 'cache', label: 'In the cache' },
          { value: 'live', label: 'Live in Microsoft Entra ID' },
        ]}
        value={where === 'live' ? 'live' : 'cache'}
        onChange={(value) =>
          void navigate({ search: value === 'live' ? { where: value, live } : {}, replace: true, resetScroll: false })
        }
      />
      {where === 'live' ? (
        <LiveSearch />
      ) : (
        <Paper className="section">
          <FilterBar label="Filter groups" active={active} onClear={clear}>
            <SearchField
              label="Search"
              placeholder="Name, mail address or id"
              value={search.q ?? ''}
              onSearch={(text) => filter({ q: text === '' ? undefined : text }, true)}
            />
            <ChoicesFilter label="Kind" data={KINDS} chosen={search.kind} onChoose={(kind) => filter({ kind })} />
            <Checkbox
              label="Include removed"
              className="filter-check"
              checked={search.includeRemoved === 'true'}
              onChange={({ currentTarget: { checked } }) => filter({ includeRemoved: checked ? 'true' : undefined })}
            />
          </FilterBar>
          <Group justify="flex-end" px="md" pt="sm">
            <RowLimit
              limit={limit}
              onLimit={(next) => void navigate({ search: { ...filters, limit: limitText(next) } })}
            />
          </Group>
          <QueryView query={groups}>
            {(page) => (
              <>
                {page.items.length > 0 ? (
                  <DataTable
                    caption="Groups by name"
                    columns={groupColumns(tenantId)}
                    rows={page.items}
                    keyOf={(group) => group.id}
                  />
                ) : active > 0 || cursor !== undefined ? (
                  <EmptyState
                    icon={<IconFilterOff size={26} />}
                    title="No group matches"
                    action={
                      <Button variant="default" onClick={clear}>
                        Clear filters
                      </Button>
                    }
                  >
                    The cache holds no group with these filters.
                  </EmptyState>
                ) : isEmptyCache ? (
                  <EmptyState icon={<IconUsersGroup size={26} />} title="Nothing was synced yet" action={syncButton}>
                    A group sync reads the names of all groups through Microsoft Graph and changes nothing there.
                  </EmptyState>
                ) : (
                  <EmptyState icon={<IconUsersGroup size={26} />} title="No groups">
                    The last group sync found no group in this directory.
                  </EmptyState>
                )}
                <Pager
                  cursor={cursor}
                  nextCursor={page.nextCursor}
                  words={BY_NAME}
                  onMove={(next) => void navigate({ search: { ...search, cursor: next } })}
                />
              </>
            )}
          </QueryView>
        </Paper>
      )}
    </>
  );
}
