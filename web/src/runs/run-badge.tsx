import type { Run } from '../api/operations';
import { ToneBadge } from '../ui/tone-badge';
import { BUCKET_ICONS } from './bucket-icons';
import { BUCKET_TONES, BUCKET_WORDS, bucketOf } from './run-bucket';

export function RunBadge({ run }: { run: Pick<Run, 'status' | 'outcome'> }) {
  const bucket = bucketOf(run);
  return (
    <ToneBadge tone={BUCKET_TONES[bucket]} Icon={BUCKET_ICONS[bucket]}>
      {BUCKET_WORDS[bucket]}
    </ToneBadge>
  );
}
