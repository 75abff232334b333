import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTenant } from '../../access/tenant-context';
import { syncRunQuery, type SyncRun } from '../../api/sync-runs';
import { RunBadge } from '../../runs/run-badge';
import { AppLink } from '../../ui/app-link';
import { FieldList } from '../../ui/field-list';
import { numberText } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TechnicalDetails } from '../../ui/technical-details';
import { TimeAgo } from '../../ui/time-ago';
import { CoverageTable } from './coverage-table';

const NOT_HERE = {
  title: 'This sync is not here',
  hint: 'Old syncs are removed; what one could read is still told by the items of its operation.',
};

/** One sync: what it read of each policy type. */
export function SyncRunPage() {
  const { syncRunId } = useParams({ from: '/t/$tenantId/inventory/sync-runs/$syncRunId' });
  const { tenantId } = useTenant();
  const sync = useQuery(syncRunQuery(tenantId, syncRunId));
  return (
    <QueryView query={sync} isPage refusal={NOT_HERE}>
      {(data) => <SyncRunDetail sync={data} />}
    </QueryView>
  );
}

function SyncRunDetail({ sync }: { sync: SyncRun }) {
  const { tenantId } = useTenant();
  return (
    <>
      <PageHeader
        title={`Inventory sync ${sync.id}`}
        parent={{ label: 'Inventory', to: '/inventory/policies' }}
        description="What this sync read. What was not read to the end never counts as deleted."
      />
      <Section title="Result" actions={<RunBadge run={runStateOf(sync)} />}>
        <FieldList
          fields={[
            { label: 'Started', value: <TimeAgo at={sync.startedAt} /> },
            { label: 'Finished', value: sync.finishedAt === null ? 'Not yet' : <TimeAgo at={sync.finishedAt} /> },
            { label: 'Policies', value: numberText(sync.policies) },
            { label: 'New versions', value: numberText(sync.versionsWritten) },
            {
              label: 'Operation',
              value: (
                <AppLink href={`/t/${tenantId}/operations/${sync.operationRunId}`} className="link">
                  View run
                </AppLink>
              ),
            },
          ]}
        />
      </Section>
      <Section title="Coverage" flush>
        <CoverageTable sync={sync} />
      </Section>
      <TechnicalDetails value={sync} />
    </>
  );
}

function runStateOf({ outcome }: SyncRun): Parameters<typeof RunBadge>[0]['run'] {
  return outcome === null ? { status: 'running', outcome: 'pending' } : { status: 'completed', outcome };
}
