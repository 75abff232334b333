import type { Note } from '../../api/notifications';
import { BUCKET_ICONS } from '../../runs/bucket-icons';
import { BUCKET_TONES, BUCKET_WORDS, isBucket } from '../../runs/run-bucket';
import { ToneBadge } from '../../ui/tone-badge';

/** Whether a note is of a start or of which end. */
export function NoteBadge({ note: { kind, outcome } }: { note: Note }) {
  const bucket = kind === 'terminal' && outcome !== null && isBucket(outcome) ? outcome : 'queued';
  return (
    <ToneBadge tone={BUCKET_TONES[bucket]} Icon={BUCKET_ICONS[bucket]}>
      {BUCKET_WORDS[bucket]}
    </ToneBadge>
  );
}
