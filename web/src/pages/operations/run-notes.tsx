import { Alert } from '@mantine/core';
import { IconHeartOff, IconUserQuestion } from '@tabler/icons-react';
import type { Run } from '../../api/operations';
import { silenceOf } from '../../runs/run-silence';
import { absoluteTime, durationText } from '../../ui/format';
import { useNow } from '../../ui/use-now';

/** What a person should know of an active run before anything else. */
export function RunNotes({ run }: { run: Run }) {
  const now = useNow();
  const silence = silenceOf(run, now);
  if (run.status === 'queued' && run.heldUntil !== null) {
    return (
      <Alert data-tone="amber" mb="md" icon={<IconUserQuestion aria-hidden />} title="Waits for a person">
        No worker takes this run before it is confirmed where it was prepared. It is dropped at{' '}
        {absoluteTime(run.heldUntil)}.
      </Alert>
    );
  }
  if (silence === null || run.heartbeat === null) return null;
  const left = Date.parse(run.heartbeat.lostAt) - now;
  return (
    <Alert
      data-tone="amber"
      mb="md"
      icon={<IconHeartOff aria-hidden />}
      title={`No heartbeat for ${durationText(silence)}`}
    >
      {left > 0
        ? `The worker may be gone. Without a sign of life in the next ${durationText(left)} the run is taken from it, and given to another or ended.`
        : 'The worker counts as lost. The run is given to another or ended at the next look, within seconds.'}
    </Alert>
  );
}
