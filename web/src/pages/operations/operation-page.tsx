import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTenant } from '../../access/tenant-context';
import { runQuery, type Run } from '../../api/operations';
import { RunBadge } from '../../runs/run-badge';
import { RunDuration } from '../../runs/run-duration';
import { RunProgress } from '../../runs/run-progress';
import { FieldList, type Field } from '../../ui/field-list';
import { numberText } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TechnicalDetails } from '../../ui/technical-details';
import { TimeAgo } from '../../ui/time-ago';
import { contextFields } from './context-fields';
import { FailureSummary } from './failure-summary';
import { RelatedLinks } from './related-links';
import { RunEvents } from './run-events';
import { RunItems } from './run-items';

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
        description={`Run ${run.id}`}
      />
      <Section title="Result" actions={<RunBadge run={run} />}>
        <RunProgress run={run} />
        <div className="spaced">
          <FieldList fields={headFields(run)} />
        </div>
      </Section>
      {run.failureSummary.length > 0 && <FailureSummary failures={run.failureSummary} />}
      <RelatedLinks links={run.links.related} />
      <RunItems run={run} />
      <RunEvents run={run} />
      <ContextSection run={run} />
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

function headFields(run: Run): Field[] {
  const { total, processed, success, failed, skipped } = run.summaryCounts;
  const fields: Field[] = [
    { label: 'Initiator', value: run.initiatorName },
    { label: 'Queued', value: <TimeAgo at={run.createdAt} /> },
    { label: 'Started', value: run.startedAt === null ? 'Not yet' : <TimeAgo at={run.startedAt} /> },
    { label: 'Finished', value: run.completedAt === null ? 'Not yet' : <TimeAgo at={run.completedAt} /> },
    { label: 'Duration', value: <RunDuration run={run} /> },
  ];
  if (run.attempt > 1) fields.push({ label: 'Attempt', value: numberText(run.attempt) });
  if (total > 0 || processed > 0) {
    fields.push(
      {
        label: 'Items processed',
        value: total === 0 ? numberText(processed) : `${numberText(processed)} of ${numberText(total)}`,
      },
      { label: 'Items succeeded', value: numberText(success) },
      { label: 'Items failed', value: numberText(failed) },
      { label: 'Items skipped', value: numberText(skipped) },
    );
  }
  if (run.cancelRequestedAt !== null) {
    fields.push({ label: 'Cancel requested', value: <TimeAgo at={run.cancelRequestedAt} /> });
  }
  return fields;
}
