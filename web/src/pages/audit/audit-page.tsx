import { Button, Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconFilterOff, IconHistory, IconLock } from '@tabler/icons-react';
import { may } from '#libs/access-model/src/permissions.js';
import { denialOf, useTenant } from '../../access/tenant-context';
import { auditQuery, type AuditEntry } from '../../api/audit';
import { DataTable, type Column } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { AuditFilterBar, type AuditSearch } from './audit-filter-bar';
import { AuditDetails, AuditWords } from './audit-row';
import { spanOf } from './audit-window';

const ROUTE = '/t/$tenantId/audit';

const COLUMNS: readonly Column<AuditEntry>[] = [
  {
    key: 'what',
    header: 'What happened',
    isHeading: true,
    cell: (entry) => (
      <>
        <AuditWords entry={entry} />
        <AuditDetails entry={entry} />
      </>
    ),
  },
  {
    key: 'when',
    header: 'When',
    width: 150,
    cell: ({ at, address }) => (
      <div>
        <TimeAgo at={at} />
        <div className="cell-note">{address === null ? 'by the system' : `from ${address}`}</div>
      </div>
    ),
  },
];

/** Who did what to which thing. */
export function AuditPage() {
  const access = useTenant();
  const denial = denialOf(access, 'audit:read');
  return (
    <>
      <PageHeader
        title="Audit"
        description="Who did what in this tenant, newest first. Nothing in it can be changed."
      />
      <Paper className="section">
        {may(access.role, 'audit:read') ? (
          <AuditTrail />
        ) : (
          <EmptyState icon={<IconLock size={26} />} title="No access">
            {denial}
          </EmptyState>
        )}
      </Paper>
    </>
  );
}

function AuditTrail() {
  const { tenantId } = useTenant();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const span = spanOf(search);
  const { q, actor, action, cursor } = search;
  const entries = useQuery(auditQuery(tenantId, { q, actor, action, cursor }, span));
  const isFiltered = [q, actor, action, search.window, cursor].some((value) => value !== undefined);
  const change = (part: AuditSearch, replace = false): void =>
    void navigate({ search: { ...search, ...part, cursor: undefined }, replace });
  const clear = (): void => void navigate({ search: {} });
  return (
    <>
      <AuditFilterBar search={search} onChange={change} onClear={clear} />
      <QueryView query={entries}>
        {(page) => (
          <>
            {page.items.length > 0 ? (
              <DataTable
                caption="Audit entries, newest first"
                columns={COLUMNS}
                rows={page.items}
                keyOf={({ id }) => id}
              />
            ) : isFiltered ? (
              <EmptyState
                icon={<IconFilterOff size={26} />}
                title="No entry matches"
                action={
                  <Button variant="default" onClick={clear}>
                    Clear filters
                  </Button>
                }
              >
                There are entries, but none with these filters.
              </EmptyState>
            ) : (
              <EmptyState icon={<IconHistory size={26} />} title="Nothing happened yet">
                Whatever people start, change or decide in this tenant is written down here.
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
    </>
  );
}
