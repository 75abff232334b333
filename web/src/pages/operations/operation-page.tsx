import { Grid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTenant } from '../../access/tenant-context';
import { runQuery, type Run } from '../../api/operations';
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

export function OperationPage() {
  const { runId } = useParams({ from: '/t/$tenantId/operations/$runId' });
  const { tenantId } = useTenant();
  const run = useQuery(runQuery(tenantId, runId));
  return (
    <QueryView query={run} isPage>
      {(data) => <RunDetail run={data} />}
    </QueryView>
  );
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
