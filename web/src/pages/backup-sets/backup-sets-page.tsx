import { Paper } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconArchive, IconPlus } from '@tabler/icons-react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { backupSetsQuery, type BackupSet } from '../../api/backup-sets';
import { NextStepNote } from '../../first-run/next-step-note';
import { AppLink } from '../../ui/app-link';
import { CompleteBadge } from '../../ui/complete-badge';
import { DataTable, type Column } from '../../ui/data-table';
import { numberText } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { CreateSetModal } from './create-set-modal';

const ROUTE = '/t/$tenantId/backup-sets';

export function BackupSetsPage() {
  const { tenantId } = useTenant();
  const { cursor } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [creating, dialog] = useDisclosure(false);
  const sets = useQuery(backupSetsQuery(tenantId, cursor));

  const createButton = (
    <GuardedButton
      permission="backup-sets:write"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={dialog.open}
    >
      Create backup set
    </GuardedButton>
  );

  const columns: Column<BackupSet>[] = [
    {
      key: 'name',
      header: 'Name',
      isHeading: true,
      cell: (set) => (
        <>
          <AppLink href={`/t/${tenantId}/backup-sets/${set.id}`} className="link">
            {set.name}
          </AppLink>
          {set.description !== null && <div className="cell-note">{set.description}</div>}
        </>
      ),
    },
    { key: 'items', header: 'Policies', align: 'right', width: 110, cell: (set) => numberText(set.itemCount) },
    {
      key: 'complete',
      header: 'Completeness',
      width: 160,
      cell: (set) => (set.itemCount === 0 ? 'Empty' : <CompleteBadge complete={set.complete} />),
    },
    { key: 'by', header: 'Created by', cell: (set) => set.createdByName },
    { key: 'at', header: 'Created', width: 150, cell: (set) => <TimeAgo at={set.createdAt} /> },
  ];

  return (
    <>
      <PageHeader
        title="Backup sets"
        description="Named collections of policy versions, kept as they were."
        actions={createButton}
      />
      <NextStepNote here="backup" />
      <Paper className="section">
        <QueryView query={sets}>
          {(page) => (
            <>
              {page.items.length > 0 ? (
                <DataTable
                  caption="Backup sets, newest first"
                  columns={columns}
                  rows={page.items}
                  keyOf={(set) => set.id}
                />
              ) : (
                <EmptyState icon={<IconArchive size={26} />} title="No backup set yet" action={createButton}>
                  Create a set, then add policies from the inventory to it.
                </EmptyState>
              )}
              <Pager
                cursor={cursor}
                nextCursor={page.nextCursor}
                onMove={(next) => void navigate({ search: { cursor: next } })}
              />
            </>
          )}
        </QueryView>
      </Paper>
      <CreateSetModal opened={creating} onClose={dialog.close} />
    </>
  );
}
