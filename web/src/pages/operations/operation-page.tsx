import { Grid } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTenant } from '../../access/tenant-context';
import { runEventsQuery, runQuery, type Run } from '../../api/operations';
import { runItemsKey } from '../../api/run-items';
import { RunBadge } from '../../runs/run-badge';
import { RunProgress } from '../../runs/run-progress';
import { FieldList } from '../../ui/field-list';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TechnicalDetails } from '../../ui/technical-details';
import { contextFields } from './context-fields';
import { CopyId } from './copy-id';
import { DurationStrip } from './duration-strip';
import { FailureSummary } from './failure-summary';
import { headFields } from './head-fields';
import { RelatedLinks } from './related-links';
import { RunItems } from './run-items';
import { RunNotes } from './run-notes';
import { RunTimeline } from './run-timeline';

const ROUTE = '/t/$tenantId/operations/$runId';

export function OperationPage() {
  const { runId } = useParams({ from: ROUTE });
  const { tenantId } = useTenant();
  const run = useQuery(runQuery(tenantId, runId));
  useReadAnew(tenantId, runId, run.data);
  return (
    <QueryView query={run} isPage>
      {(data) => <RunDetail key={data.id} run={data} />}
    </QueryView>
  );
}

/** Reads a run's history and items again whenever another step of it was taken. */
function useReadAnew(tenantId: string, runId: string, run: Run | undefined): void {
  const queryClient = useQueryClient();
  const step = run && [run.id, run.status, run.attempt, run.cancelRequestedAt, run.heldUntil].join(' ');
  const before = useRef(step);
  useEffect(() => {
    const known = before.current;
    before.current = step;
    if (known === undefined || known === step) return;
    void queryClient.invalidateQueries({ queryKey: runEventsQuery(tenantId, runId).queryKey });
    void queryClient.invalidateQueries({ queryKey: runItemsKey(tenantId, runId) });
  }, [queryClient, tenantId, runId, step]);
}

function RunDetail({ run }: { run: Run }) {
  return (
    <>
      <PageHeader
        title={run.subject?.name == null ? run.label : `${run.label}: ${run.subject.name}`}
        parent={{ label: 'Operations', to: '/operations' }}
        description={<CopyId id={run.id} />}
      />
      <RunNotes run={run} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Section title="Result" actions={<RunBadge run={run} />}>
            <RunProgress run={run} />
            <div className="spaced">
              <FieldList fields={headFields(run)} />
            </div>
          </Section>
          {run.failureSummary.length > 0 && <FailureSummary run={run} />}
          <RunItems run={run} />
          <ContextSection run={run} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <RunTimeline run={run} />
          <RelatedLinks run={run} />
          <Section title="Usual duration">
            <DurationStrip type={run.type} runId={run.id} revision={run.completedAt ?? ''} />
          </Section>
        </Grid.Col>
      </Grid>
      <TechnicalDetails value={run} />
    </>
  );
}

function ContextSection({ run }: { run: Run }) {
  const fields = contextFields(run.context);
  if (fields.length === 0) return null;
  return (
    <Section title="Context" description="What this run was asked to do, and what it noted.">
      <FieldList fields={fields} />
    </Section>
  );
}
