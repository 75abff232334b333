import type { Finish } from './data/finish-statement.js';
import type { RunRow } from './data/run-row.js';
import type { RunCompletedFact, RunFact } from './operations.facts.js';
import type { RunRegistry } from './registry/run-registry.js';

/** What of a run is told when it begins. */
export type ToldRun = Pick<RunRow, 'id' | 'tenant_id' | 'user_id' | 'type' | 'subject_name'>;

/** What others are told of a run; a kind that this version does not know is named by itself. */
export function factOf(row: ToldRun, registry: RunRegistry): RunFact {
  const unknown = { noun: row.type, doing: row.type, done: row.type, failed: row.type };
  return {
    runId: row.id,
    tenantId: row.tenant_id,
    userId: row.user_id,
    kind: row.type,
    label: registry.find(row.type)?.type.label ?? unknown,
    subjectName: row.subject_name,
  };
}

/** What others are told of how it ended. */
export function completedFactOf(
  row: ToldRun,
  { outcome, counts, failures }: Pick<Finish, 'outcome' | 'counts' | 'failures'>,
  registry: RunRegistry,
): RunCompletedFact {
  return { ...factOf(row, registry), outcome, counts, failure: failures[0]?.message ?? null };
}
