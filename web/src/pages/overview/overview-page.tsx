import { SimpleGrid, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { overviewQuery, type Overview } from '../../api/overview';
import { FirstSteps } from '../../first-run/first-steps';
import { RunSyncButton } from '../../inventory/run-sync-button';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { BackupCard } from './backup-card';
import { ConnectionNote } from './connection-note';
import { CoverageGaps } from './coverage-gaps';
import { FindingsCard } from './findings-card';
import { LastSyncCard } from './last-sync-card';
import { NextSchedules } from './next-schedules';
import classes from './overview.module.css';
import { PoliciesCard } from './policies-card';
import { RunningNow } from './running-now';
import { hasPast } from './trend-words';
import { Trends } from './trends';

/** The tenant at a glance: how well it is known, what drifted, what could be restored, what goes on. */
export function OverviewPage() {
  const { tenantId, tenantName } = useTenant();
  const overview = useQuery(overviewQuery(tenantId));
  return (
    <>
      <PageHeader
        title="Overview"
        description={`What ${tenantName} is like now, and how it came to be so.`}
        actions={<RunSyncButton variant="default" />}
      />
      <QueryView query={overview} loading={<LoadingOverview />}>
        {(data) => <Health overview={data} />}
      </QueryView>
    </>
  );
}

function Health({ overview }: { overview: Overview }) {
  return (
    <div className={classes.parts}>
      <FirstSteps overview={overview} />
      <ConnectionNote connection={overview.connection} synced={overview.lastSync !== null} />
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md">
        <LastSyncCard sync={overview.lastSync} />
        <PoliciesCard policies={overview.policies} trend={overview.trend} />
        <FindingsCard drift={overview.drift} />
        <BackupCard backups={overview.backups} />
      </SimpleGrid>
      {overview.lastSync !== null && <CoverageGaps sync={overview.lastSync} />}
      {hasPast(overview.trend) && <Trends trend={overview.trend} />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <RunningNow />
        <NextSchedules schedules={overview.schedules} />
      </SimpleGrid>
    </div>
  );
}

/** As tall as what will stand here, so that nothing jumps. */
function LoadingOverview() {
  return (
    <div role="status" aria-label="Loading">
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md">
        {['sync', 'policies', 'findings', 'backup'].map((card) => (
          <Skeleton key={card} h={168} />
        ))}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" mt="md">
        <Skeleton h={320} />
        <Skeleton h={320} />
      </SimpleGrid>
    </div>
  );
}
