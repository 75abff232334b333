import type { Run } from '../api/operations';
import { durationText } from '../ui/format';
import { useNow } from '../ui/use-now';
import { workedFor } from './run-numbers';

/** How long a run has worked; ticks while it works. */
export function RunDuration({ run }: { run: Pick<Run, 'startedAt' | 'completedAt'> }) {
  const worked = workedFor(run, useNow());
  return <span className="numbers nowrap">{worked === null ? '–' : durationText(worked)}</span>;
}
