import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTenant } from '../../access/tenant-context';
import { syncRunQuery, type SyncRun, type TypeCoverage } from '../../api/sync-runs';
import { RunBadge } from '../../runs/run-badge';
import { AppLink } from '../../ui/app-link';
import { DataTable, type Column } from '../../ui/data-table';
import { FieldList } from '../../ui/field-list';
import { numberText } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TechnicalDetails } from '../../ui/technical-details';
import { TimeAgo } from '../../ui/time-ago';
import { ToneBadge } from '../../ui/tone-badge';
import { COVERAGE_LOOKS } from './coverage-looks';
import { typeLabelOf } from './policy-types';

const COLUMNS: Column<TypeCoverage>[] = [
  { key: 'type', header: 'Policy type', isHeading: true, cell: typeLabelOf },
  {
    key: 'state',
    header: 'Coverage',
    width: 170,
    cell: ({ state }) => {
      const { words, tone, Icon } = COVERAGE_LOOKS[state];
      return (
        <ToneBadge tone={tone} Icon={Icon}>
          {words}
        </ToneBadge>
      );
    },
  },
  { key: 'policies', header: 'Policies', align: 'right', width: 110, cell: ({ policies }) => numberText(policies) },
  {
    key: 'reason',
    header: 'Reason',
    cell: ({ reason, reasonCode }) =>
      reasonCode === null ? (
        '–'
      ) : (
        <div>
          {reason}
          <div className="cell-note">
            <code>{reasonCode}</code>
          </div>
        </div>
      ),
  },
];

/** One sync: what it read of each policy type. */
export function SyncRunPage() {
  const { syncRunId } = useParams({ from: '/t/$tenantId/inventory/sync-runs/$syncRunId' });
  const { tenantId } = useTenant();
  const sync = useQuery(syncRunQuery(tenantId, syncRunId));
  return <QueryView query={sync}>{(data) => <SyncRunDetail sync={data} />}</QueryView>;
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
        <DataTable
          caption="Coverage by policy type"
          columns={COLUMNS}
          rows={sync.coverage}
          keyOf={({ type }) => type}
        />
      </Section>
      <TechnicalDetails value={sync} />
    </>
  );
}

function runStateOf({ outcome }: SyncRun): Parameters<typeof RunBadge>[0]['run'] {
  return outcome === null ? { status: 'running', outcome: 'pending' } : { status: 'completed', outcome };
}
