import { Button, Group, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconFileExport, IconFilterOff, IconListDetails } from '@tabler/icons-react';
import { useState } from 'react';
import { useTenant } from '../../access/tenant-context';
import { policiesQuery, policyFacetsQuery, type PolicySummary } from '../../api/policies';
import { newestSyncQuery } from '../../api/sync-runs';
import { NextStepNote } from '../../first-run/next-step-note';
import { platformWords } from '../../inventory/platform-words';
import { RunSyncButton } from '../../inventory/run-sync-button';
import { ActiveRunNote } from '../../runs/active-run-note';
import { limitOf, limitText } from '../../search-params';
import { AppLink } from '../../ui/app-link';
import { DataTable, type Column } from '../../ui/data-table';
import { countOf } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { BY_NAME, Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { RowLimit } from '../../ui/row-limit';
import { selectColumn } from '../../ui/select-column';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { ToneBadge } from '../../ui/tone-badge';
import { useRowKeys } from '../../ui/use-row-keys';
import { COVERAGE_LOOKS } from './coverage-looks';
import { CoverageNote } from './coverage-note';
import { ASSIGNMENT_WORDS, PolicyFilterBar } from './policy-filter-bar';
import { SelectionBar } from './selection-bar';

const ROUTE = '/t/$tenantId/inventory/policies';

export function PoliciesPage() {
  const { tenantId } = useTenant();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const { cursor, sort, limit: limitParam, ...filters } = search;
  const limit = limitOf(limitParam);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const list = useRowKeys();
  const policies = useQuery(policiesQuery(tenantId, { ...filters, sort, cursor }, limit));
  const facets = useQuery(policyFacetsQuery(tenantId, filters));
  const newestSync = useQuery(newestSyncQuery(tenantId));
  const neverSynced = newestSync.data === null;

  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const clear = (): void => void navigate({ search: { sort, limit: limitParam } });

  return (
    <>
      <PageHeader
        title="Inventory"
        description="The tenant's policies as the last sync read them."
        actions={
          <>
            <Button
              component={AppLink}
              href={exchangeAddress(tenantId, search)}
              variant="default"
              leftSection={<IconFileExport size={16} aria-hidden />}
            >
              Import and export
            </Button>
            {/* What there is to do first stands below, so it is not the main thing twice. */}
            <RunSyncButton variant={neverSynced ? 'default' : 'filled'} />
          </>
        }
      />
      <NextStepNote here="sync" />
      <ActiveRunNote type="inventory.sync" />
      {newestSync.data != null && <CoverageNote sync={newestSync.data} />}
      <Paper className="section" ref={list}>
        <PolicyFilterBar
          filters={{ ...filters, sort }}
          facets={facets.data}
          onFilter={(change, replace) =>
            void navigate({ search: { ...filters, sort, limit: limitParam, ...change }, replace })
          }
          onClear={clear}
        />
        {facets.data !== undefined && (facets.data.total > 0 || selected.size > 0) && (
          <Group justify="space-between" px="md" pt="sm" gap="md" mih={46}>
            {selected.size > 0 ? (
              <SelectionBar selected={selected} onSelect={setSelected} filters={filters} total={facets.data.total} />
            ) : (
              <Text size="sm" c="dimmed" role="status">
                {countOf(facets.data.total, 'policy', 'policies')}
                {isFiltered && ' with these filters'}
              </Text>
            )}
            <RowLimit
              limit={limit}
              onLimit={(next) => void navigate({ search: { ...filters, sort, limit: limitText(next) } })}
            />
          </Group>
        )}
        <QueryView query={policies}>
          {(page) => (
            <>
              {page.items.length > 0 ? (
                <DataTable
                  caption={sort === 'changed' ? 'Policies, what changed last first' : 'Policies by name'}
                  columns={[
                    selectColumn({
                      rows: page.items,
                      keyOf: ({ id }) => id,
                      nameOf: ({ name }) => name,
                      canSelect: ({ present }) => present,
                      selected,
                      onSelect: setSelected,
                      allLabel: 'Select all policies of this page',
                    }),
                    ...columnsOf(tenantId),
                  ]}
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
                  The inventory holds no policy with these filters.
                </EmptyState>
              ) : neverSynced ? (
                <EmptyState
                  icon={<IconListDetails size={26} />}
                  title="Nothing was synced yet"
                  action={<RunSyncButton />}
                >
                  A sync reads the tenant&apos;s policies through Microsoft Graph and changes nothing there.
                </EmptyState>
              ) : newestSync.data?.finishedAt === null ? (
                <EmptyState icon={<IconListDetails size={26} />} title="Being read">
                  Policies show here as soon as the sync has read them.
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

function CoverageBadge({ policy }: { policy: PolicySummary }) {
  const { words, tone, Icon } = COVERAGE_LOOKS[policy.coverageState];
  return (
    <ToneBadge tone={tone} Icon={Icon}>
      {words}
    </ToneBadge>
  );
}

/** The export's own filters are carried over; the others are the list's alone. */
function exchangeAddress(tenantId: string, { type, q }: { type?: string; q?: string }): string {
  const search = new URLSearchParams({ ...(type === undefined ? {} : { type }), ...(q === undefined ? {} : { q }) });
  const text = search.toString();
  return `/t/${tenantId}/inventory/exchange${text === '' ? '' : `?${text}`}`;
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
        <>
          <AppLink href={`/t/${tenantId}/inventory/policies/${policy.id}`} className="link">
            {policy.name}
          </AppLink>
          {policy.removedAt !== null && (
            <div className="cell-note">
              Removed <TimeAgo at={policy.removedAt} />
            </div>
          )}
        </>
      ),
    },
    { key: 'type', header: 'Type', width: 230, cell: (policy) => policy.typeLabel },
    { key: 'platform', header: 'Platform', width: 140, cell: platformOf },
    { key: 'assigned', header: 'Assigned', width: 130, cell: ({ assignment }) => ASSIGNMENT_WORDS[assignment] },
    { key: 'coverage', header: 'Coverage', width: 150, cell: (policy) => <CoverageBadge policy={policy} /> },
    { key: 'changed', header: 'Changed', width: 150, cell: (policy) => <TimeAgo at={policy.changedAt} /> },
  ];
}
