import { Progress } from '@mantine/core';
import type { Run } from '../api/operations';
import { bucketOf } from './run-bucket';
import { countsText, percentOf } from './run-numbers';

const COLORS = {
  queued: 'gray',
  running: 'atlas',
  succeeded: 'green',
  partially_succeeded: 'yellow',
  failed: 'red',
  cancelled: 'gray',
} as const;

interface RunProgressProps {
  run: Run;
  /** Whether it stands among many: painting a hundred bars that move takes all that a browser has. */
  isStill?: boolean;
}

/** A run's progress; striped, moving and without a value while the size of the work is not known. */
export function RunProgress({ run, isStill = false }: RunProgressProps) {
  const bucket = bucketOf(run);
  const isDone = run.status === 'completed';
  const percent = isDone ? 100 : percentOf(run.summaryCounts);
  return (
    <Progress.Root size="md">
      <Progress.Section
        value={percent ?? (bucket === 'running' ? 100 : 0)}
        color={COLORS[bucket]}
        striped={percent === null}
        animated={bucket === 'running' && percent === null && !isStill}
        withAria={false}
        role="progressbar"
        aria-label={`Progress of ${run.label}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={countsText(run.summaryCounts) || undefined}
      />
    </Progress.Root>
  );
}
