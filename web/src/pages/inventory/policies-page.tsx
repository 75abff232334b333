import { Button, MultiSelect, Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconFilterOff, IconListDetails, IconRefresh } from '@tabler/icons-react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { policiesQuery, type PolicySummary } from '../../api/policies';
import { newestSyncQuery, startSync } from '../../api/sync-runs';
import { platformWords } from '../../inventory/platform-words';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { ActiveRunNote } from '../../runs/active-run-note';
import { useStartRun } from '../../runs/use-start-run';
import { listOf, listText } from '../../search-params';
import { AppLink } from '../../ui/app-link';
import { CompleteBadge } from '../../ui/complete-badge';
import { DataTable, type Column } from '../../ui/data-table';
import { FilterBar } from '../../ui/filter-bar';
import { PageHeader } from '../../ui/page-header';
import { BY_NAME, Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { SearchField } from '../../ui/search-field';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { CoverageNote } from './coverage-note';

const ROUTE = '/t/$tenantId/inventory/policies';

export function PoliciesPage() {
  const { tenantId } = useTenant();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const policies = useQuery(policiesQuery(tenantId, search));
  const newestSync = useQuery(newestSyncQuery(tenantId));
  const types = usePolicyTypes();
  const sync = useStartRun(() => startSync(tenantId));

  const { type, q, cursor } = search;
  const isFiltered = type !== undefined || q !== undefined;
  const filter = (change: { type?: string; q?: string }, replace = false): void =>
    void navigate({ search: { type, q, ...change, cursor: undefined }, replace });
  const clear = (): void => void navigate({ search: {} });

  const syncButton = (
    <GuardedButton
      permission="inventory:sync"
      loading={sync.isPending}
      leftSection={<IconRefresh size={16} aria-hidden />}
      onClick={() => sync.mutate()}
    >
      Run sync
    </GuardedButton>
  );

  return (
    <>
      <PageHeader
        title="Inventory"
        description="The tenant's policies as the last sync read them."
        actions={syncButton}
      />
      <ActiveRunNote type="inventory.sync" />
      {newestSync.data != null && <CoverageNote sync={newestSync.data} />}
      <Paper className="section">
        <FilterBar
          label="Filter policies"
          active={[type, q].filter((value) => value !== undefined).length}
          onClear={clear}
        >
          <SearchField
            label="Search"
            placeholder="Policy name"
            value={q ?? ''}
            onSearch={(text) => filter({ q: text === '' ? undefined : text }, true)}
          />
          <MultiSelect
            label="Type"
            placeholder={type === undefined ? 'All' : undefined}
            data={types.options}
            value={listOf(type)}
            onChange={(values) => filter({ type: listText(values) })}
            clearable
          />
        </FilterBar>
        <QueryView query={policies}>
          {(page) => (
            <>
              {page.items.length > 0 ? (
                <DataTable
                  caption="Policies by name"
                  columns={columnsOf(tenantId)}
                  rows={page.items}
                  keyOf={(policy) => policy.id}
                />
              ) : isFiltered || cursor !== undefined ? (
                <EmptyState
                  icon={<IconFilterOff size={26} />}
                  title="No policy matches"
                  action={
                    <Button variant="default" onClick={clear}>
                      Clear filters
                    </Button>
                  }
                >
                  The inventory holds no policy with this name or type.
                </EmptyState>
              ) : newestSync.data === null ? (
                <EmptyState icon={<IconListDetails size={26} />} title="Nothing was synced yet" action={syncButton}>
                  A sync reads the tenant&apos;s policies through Microsoft Graph and changes nothing there.
                </EmptyState>
              ) : (
                <EmptyState icon={<IconListDetails size={26} />} title="No policies">
                  The last sync found no policy in this tenant.
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
    </>
  );
}

function platformOf({ platform }: PolicySummary): string {
  return platform === null ? '–' : platformWords(platform);
}

function columnsOf(tenantId: string): Column<PolicySummary>[] {
  return [
    {
      key: 'name',
      header: 'Name',
      isHeading: true,
      cell: (policy) => (
        <AppLink href={`/t/${tenantId}/inventory/policies/${policy.id}`} className="link">
          {policy.name}
        </AppLink>
      ),
    },
    { key: 'type', header: 'Type', width: 230, cell: (policy) => policy.typeLabel },
    { key: 'platform', header: 'Platform', width: 140, cell: platformOf },
    { key: 'complete', header: 'Read', width: 150, cell: (policy) => <CompleteBadge complete={policy.complete} /> },
    { key: 'changed', header: 'Changed', width: 150, cell: (policy) => <TimeAgo at={policy.changedAt} /> },
  ];
}
