import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { runsQuery, type Run } from '../../api/operations';
import { isArchive } from '../../runs/related-address';
import { RunBadge } from '../../runs/run-badge';
import { countsText } from '../../runs/run-numbers';
import { AppLink } from '../../ui/app-link';
import { DataTable, type Column } from '../../ui/data-table';
import { absoluteTime } from '../../ui/format';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TimeAgo } from '../../ui/time-ago';
import { useNow } from '../../ui/use-now';

const SHOWN = 5;

/** The newest exports, each with its archive until that expires. */
export function ExportedArchives() {
  const { tenantId } = useTenant();
  const runs = useQuery(runsQuery(tenantId, { type: 'policy.bulk_export' }, false));
  const columns: Column<Run>[] = [
    {
      key: 'at',
      header: 'Export',
      isHeading: true,
      cell: (run) => (
        <>
          <AppLink href={`/t/${tenantId}/operations/${run.id}`} className="link">
            Run {run.id}
          </AppLink>{' '}
          <span className="cell-note">
            by {run.initiatorName}, <TimeAgo at={run.createdAt} />
          </span>
        </>
      ),
    },
    { key: 'state', header: 'Result', width: 200, cell: (run) => <RunBadge run={run} /> },
    { key: 'counts', header: 'Policies', width: 200, cell: (run) => countsText(run.summaryCounts) || '–' },
    { key: 'archive', header: 'Archive', width: '32%', cell: (run) => <Archive run={run} /> },
  ];
  return (
    <Section title="Newest exports" flush>
      <QueryView query={runs}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed" px="md" pb="md">
              Nothing was exported yet.
            </Text>
          ) : (
            <DataTable
              caption="Newest exports"
              columns={columns}
              rows={items.slice(0, SHOWN)}
              keyOf={(run) => run.id}
            />
          )
        }
      </QueryView>
    </Section>
  );
}

function Archive({ run }: { run: Run }) {
  const now = useNow();
  const link = run.links.related.find((each) => isArchive(each, run.tenantId));
  if (link === undefined) return run.status === 'completed' ? 'None was made' : 'Not yet';
  const { expiresAt } = run.context;
  if (typeof expiresAt !== 'string') return <ArchiveLink href={link.href} label={link.label} />;
  if (Date.parse(expiresAt) <= now) return 'Expired; export again';
  return (
    <div>
      <ArchiveLink href={link.href} label={link.label} />
      <div className="cell-note">Until {absoluteTime(expiresAt)}</div>
    </div>
  );
}

function ArchiveLink({ href, label }: { href: string; label: string }) {
  return (
    <a href={href} className="link" download>
      {label}
    </a>
  );
}
