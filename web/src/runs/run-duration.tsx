import type { Run } from '../api/operations';
import { durationText } from '../ui/format';
import { useOfNow } from '../ui/use-now';
import { workedFor } from './run-numbers';

/** How long a run has worked; ticks while it works. */
export function RunDuration({ run }: { run: Pick<Run, 'startedAt' | 'completedAt'> }) {
  const text = useOfNow((now) => {
    const worked = workedFor(run, now);
    return worked === null ? '–' : durationText(worked);
  });
  return <span className="numbers nowrap">{text}</span>;
}
