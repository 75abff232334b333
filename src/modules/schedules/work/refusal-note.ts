import { DomainError } from '../../../platform/errors/domain-error.js';
import type { TickNote } from '../data/schedule-tick.repository.js';

/**
 * What is noted of a tick whose start threw: the code of a domain error, `internal.error` for anything else, and the run
 * that the error carries (a start that no worker could be told of leaves a failed one). The error's text is never read.
 */
export function refusalNote(error: unknown): TickNote {
  if (!(error instanceof DomainError)) return { result: 'refused', code: 'internal.error', runId: null };
  return { result: 'refused', code: error.code, runId: runIdOf(error.details.body?.run) };
}

function runIdOf(run: unknown): string | null {
  const id: unknown = typeof run === 'object' && run !== null && 'id' in run ? run.id : undefined;
  return typeof id === 'string' ? id : null;
}
