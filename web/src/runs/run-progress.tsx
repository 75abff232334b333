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

/** A run's progress; striped and without a value while the size of the work is not known. */
export function RunProgress({ run }: { run: Run }) {
  const bucket = bucketOf(run);
  const isDone = run.status === 'completed';
  const percent = isDone ? 100 : percentOf(run.summaryCounts);
  return (
    <Progress.Root size="md">
      <Progress.Section
        value={percent ?? (bucket === 'running' ? 100 : 0)}
        color={COLORS[bucket]}
        striped={percent === null}
        animated={bucket === 'running'}
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
