import type { TenantName } from '../../modules/operations/data/run-survey.repository.js';
import type { RunHistoryEntry } from '../../modules/operations/run-survey.js';
import type { RunView } from '../../modules/operations/operation-run.service.js';
import { clean } from '../text/clean-text.js';
import { tableOf } from '../text/table.js';
import { number, timeOf } from '../text/words.js';
import { countsOf, workedFor } from './run-words.js';

/** A run, its failures and its history; neither payload nor context is shown. */
export function detailLines(
  run: RunView,
  tenant: TenantName,
  history: readonly RunHistoryEntry[],
  now: Date,
): string[] {
  const facts: [string, string][] = [
    ['Tenant', `${clean(tenant.name)} (${tenant.id})`],
    ['What', `${clean(run.label)} (${clean(run.type)})`],
    ...(run.subject === null ? [] : [['Subject', clean(run.subject.name ?? run.subject.id)] as [string, string]]),
    ['Status', statusOf(run)],
    ['Counts', countsOf(run.summaryCounts)],
    ['Started by', clean(run.initiatorName)],
    ['Created', `${timeOf(run.createdAt)} UTC`],
    ['Worked', workedFor(run, now)],
    ['Attempt', number(run.attempt)],
    ...(run.retryOf === null ? [] : [['Retry of', `run ${run.retryOf}`] as [string, string]]),
  ];
  return [
    `Run ${run.id}`,
    ...tableOf(
      [
        { title: '', text: ([title]: [string, string]) => `  ${title}` },
        { title: '', text: ([, text]) => text },
      ],
      facts,
    ).slice(1),
    ...failureLines(run),
    '',
    'History (UTC)',
    ...history.map(({ at, kind, detail }) => `  ${timeOf(at)}  ${clean(kind.replaceAll('_', ' '))}${detailOf(detail)}`),
  ];
}

/** The failures of a run in the catalogue's words, each with how often it happened. */
export function failureLines({ failureSummary }: RunView): string[] {
  if (failureSummary.length === 0) return [];
  return [
    '',
    'Failures',
    ...failureSummary.map(({ code, message, count }) => `  ${number(count)} x ${clean(code)}: ${clean(message)}`),
  ];
}

/** The same for programs; neither payload nor context is in it. */
export function detailJson(run: RunView, tenant: TenantName, history: readonly RunHistoryEntry[]): object {
  return {
    id: run.id,
    tenant,
    type: run.type,
    label: run.label,
    subject: run.subject,
    status: run.status,
    outcome: run.outcome,
    bucket: run.bucket,
    counts: run.summaryCounts,
    failures: run.failureSummary,
    initiator: run.initiatorName,
    attempt: run.attempt,
    retryOf: run.retryOf,
    cancelRequestedAt: run.cancelRequestedAt,
    heldUntil: run.heldUntil,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
    history,
  };
}

function statusOf({ bucket, heldUntil, cancelRequestedAt, completedAt }: RunView): string {
  if (completedAt !== null) return bucket;
  if (heldUntil !== null) return `${bucket}, held for a person until ${timeOf(heldUntil)} UTC`;
  return cancelRequestedAt === null ? bucket : `${bucket}, asked to stop`;
}

/** `(attempt 2)`; a history's details are the engine's own few words and numbers. */
function detailOf(detail: Record<string, unknown>): string {
  const parts = Object.entries(detail).flatMap(([key, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [`${clean(key)} ${clean(String(value))}`] : [],
  );
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
