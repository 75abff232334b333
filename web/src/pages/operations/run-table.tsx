import { useTenant } from '../../access/tenant-context';
import type { Run } from '../../api/operations';
import { RunBadge } from '../../runs/run-badge';
import { RunDuration } from '../../runs/run-duration';
import { countsText } from '../../runs/run-numbers';
import { AppLink } from '../../ui/app-link';
import { DataTable, type Column } from '../../ui/data-table';
import { TimeAgo } from '../../ui/time-ago';

export function RunTable({ runs }: { runs: readonly Run[] }) {
  const { tenantId } = useTenant();
  const columns: Column<Run>[] = [
    { key: 'status', header: 'Status', width: 190, cell: (run) => <RunBadge run={run} /> },
    {
      key: 'operation',
      header: 'Operation',
      width: '32%',
      isHeading: true,
      cell: (run) => (
        <>
          <AppLink href={`/t/${tenantId}/operations/${run.id}`} className="link">
            {run.label}
          </AppLink>
          <div className="cell-note">{subjectOf(run)}</div>
        </>
      ),
    },
    { key: 'initiator', header: 'Initiator', width: '16%', cell: (run) => run.initiatorName },
    {
      key: 'counts',
      header: 'Items',
      cell: (run) => <span className="numbers nowrap">{countsText(run.summaryCounts) || '–'}</span>,
    },
    {
      key: 'started',
      header: 'Started',
      width: 150,
      cell: (run) => (run.startedAt === null ? 'Not yet' : <TimeAgo at={run.startedAt} />),
    },
    { key: 'duration', header: 'Duration', align: 'right', width: 130, cell: (run) => <RunDuration run={run} /> },
  ];
  return <DataTable caption="Operations, newest first" columns={columns} rows={runs} keyOf={(run) => run.id} />;
}

function subjectOf(run: Run): string {
  return run.subject?.name == null ? `Run ${run.id}` : `${run.subject.name} · Run ${run.id}`;
}
