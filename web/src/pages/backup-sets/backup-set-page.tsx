import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconArchive, IconPlus } from '@tabler/icons-react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { backupSetItemsQuery, backupSetQuery, type BackupSet, type BackupSetItem } from '../../api/backup-sets';
import { NextStepNote } from '../../first-run/next-step-note';
import { usePolicyTypes, type PolicyTypes } from '../../inventory/use-policy-types';
import { ActiveRunNote } from '../../runs/active-run-note';
import { AppLink } from '../../ui/app-link';
import { CompleteBadge } from '../../ui/complete-badge';
import { DataTable, type Column } from '../../ui/data-table';
import { countOf } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { BY_NAME, Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { AddPoliciesModal } from './add-policies-modal';
import { LastAddition } from './last-addition';

const ROUTE = '/t/$tenantId/backup-sets/$backupSetId';

export function BackupSetPage() {
  const { backupSetId } = useParams({ from: ROUTE });
  const { tenantId } = useTenant();
  const set = useQuery(backupSetQuery(tenantId, backupSetId));
  return (
    <QueryView query={set} isPage>
      {(data) => <BackupSetDetail set={data} />}
    </QueryView>
  );
}

function BackupSetDetail({ set }: { set: BackupSet }) {
  const { tenantId } = useTenant();
  const { cursor } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const types = usePolicyTypes();
  const [adding, picker] = useDisclosure(false);
  const items = useQuery(backupSetItemsQuery(tenantId, set.id, cursor));

  const addButton = (
    <GuardedButton
      permission="backup-sets:write"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={picker.open}
    >
      Add policies
    </GuardedButton>
  );

  return (
    <>
      <PageHeader
        title={set.name}
        parent={{ label: 'Backup sets', to: '/backup-sets' }}
        description={
          <>
            {set.description !== null && <div>{set.description}</div>}
            {countOf(set.itemCount, 'policy', 'policies')} · created by {set.createdByName},{' '}
            <TimeAgo at={set.createdAt} />
          </>
        }
        actions={addButton}
      />
      <NextStepNote here="backup" />
      <ActiveRunNote type="backup_set.add_policies" subjectId={set.id} />
      <LastAddition set={set} />
      <Section
        title="Policies in this set"
        actions={set.itemCount > 0 ? <CompleteBadge complete={set.complete} /> : undefined}
        flush
      >
        <QueryView query={items}>
          {(page) => (
            <>
              {page.items.length > 0 ? (
                <DataTable
                  caption="Policies in this set, in the order in which they were added"
                  columns={columnsOf(tenantId, types)}
                  rows={page.items}
                  keyOf={(item) => item.id}
                />
              ) : (
                <EmptyState icon={<IconArchive size={26} />} title="This set is empty" action={addButton}>
                  Add policies from the inventory; each is kept in the version of the last sync.
                </EmptyState>
              )}
              <Pager
                cursor={cursor}
                nextCursor={page.nextCursor}
                words={BY_NAME}
                onMove={(next) => void navigate({ search: { cursor: next } })}
              />
            </>
          )}
        </QueryView>
      </Section>
      <AddPoliciesModal set={set} opened={adding} onClose={picker.close} />
    </>
  );
}

function columnsOf(tenantId: string, types: PolicyTypes): Column<BackupSetItem>[] {
  return [
    {
      key: 'name',
      header: 'Policy',
      isHeading: true,
      cell: (item) => (
        <AppLink href={`/t/${tenantId}/inventory/policies/${item.policyId}`} className="link">
          {item.name}
        </AppLink>
      ),
    },
    { key: 'type', header: 'Type', width: 230, cell: (item) => types.labelOf(item.type) },
    { key: 'kept', header: 'Kept with it', width: 210, cell: keptWith },
    { key: 'complete', header: 'Completeness', width: 150, cell: (item) => <CompleteBadge complete={item.complete} /> },
    {
      key: 'added',
      header: 'Added',
      width: 210,
      cell: (item) => (
        <div>
          <TimeAgo at={item.addedAt} />
          {' · '}
          <AppLink href={`/t/${tenantId}/operations/${item.addedRunId}`} className="link-small nowrap">
            Run {item.addedRunId}
          </AppLink>
        </div>
      ),
    },
  ];
}

function keptWith(item: BackupSetItem): string {
  const kept = [
    ...(item.includeAssignments ? ['Assignments'] : []),
    ...(item.includeScopeTags ? [item.includeAssignments ? 'scope tags' : 'Scope tags'] : []),
  ];
  return kept.length === 0 ? 'Settings only' : kept.join(', ');
}
