import type { Run } from '../../api/operations';
import { RunDuration } from '../../runs/run-duration';
import { durationText, numberText } from '../../ui/format';
import type { Field } from '../../ui/field-list';
import { TimeAgo } from '../../ui/time-ago';
import { SubjectName } from './subject-name';

/** What a run is about, by whom, when, and how far it is. */
export function headFields(run: Run): Field[] {
  return [
    ...(run.subject?.name == null ? [] : [{ label: 'Target', value: <SubjectName run={run} /> }]),
    { label: 'Initiator', value: run.initiatorName },
    { label: 'Queued', value: <TimeAgo at={run.createdAt} /> },
    { label: 'Started', value: run.startedAt === null ? 'Not yet' : <TimeAgo at={run.startedAt} /> },
    { label: 'Finished', value: run.completedAt === null ? 'Not yet' : <TimeAgo at={run.completedAt} /> },
    ...(run.startedAt === null
      ? []
      : [{ label: 'Waited', value: durationText(Date.parse(run.startedAt) - Date.parse(run.createdAt)) }]),
    { label: 'Duration', value: <RunDuration run={run} /> },
    ...(run.attempt > 1 ? [{ label: 'Attempt', value: numberText(run.attempt) }] : []),
    ...(run.cancelRequestedAt === null
      ? []
      : [{ label: 'Cancel requested', value: <TimeAgo at={run.cancelRequestedAt} /> }]),
    ...countFields(run),
  ];
}

function countFields({ summaryCounts: { total, processed, success, failed, skipped } }: Run): Field[] {
  if (total === 0 && processed === 0) return [];
  return [
    {
      label: 'Items processed',
      value: total === 0 ? numberText(processed) : `${numberText(processed)} of ${numberText(total)}`,
    },
    { label: 'Items succeeded', value: numberText(success) },
    { label: 'Items failed', value: numberText(failed) },
    { label: 'Items skipped', value: numberText(skipped) },
  ];
}
