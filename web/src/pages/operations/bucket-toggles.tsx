import { UnstyledButton } from '@mantine/core';
import type { RunSummary } from '../../api/operations';
import { BUCKET_ICONS } from '../../runs/bucket-icons';
import { BUCKET_TONES, BUCKET_WORDS, RUN_BUCKETS, type RunBucket } from '../../runs/run-bucket';
import { listText } from '../../search-params';
import { numberText } from '../../ui/format';
import styles from './operations.module.css';

interface BucketTogglesProps {
  chosen: readonly RunBucket[];
  /** Of all runs that are kept, whatever else is filtered; exact at any size. */
  summary: RunSummary | undefined;
  onChoose: (buckets: string | undefined) => void;
}

/** Status and outcome in one row, each to be shown or not, with how many runs there are of it. */
export function BucketToggles({ chosen, summary, onChoose }: BucketTogglesProps) {
  const toggle = (bucket: RunBucket): void =>
    onChoose(listText(chosen.includes(bucket) ? chosen.filter((each) => each !== bucket) : [...chosen, bucket]));
  return (
    <div className={styles.toggles} role="group" aria-label="Status and outcome">
      {RUN_BUCKETS.map((bucket) => {
        const Icon = BUCKET_ICONS[bucket];
        const count = summary?.buckets[BUCKET_WORDS[bucket]];
        return (
          <UnstyledButton
            key={bucket}
            className={styles.toggle}
            data-tone={BUCKET_TONES[bucket]}
            aria-pressed={chosen.includes(bucket)}
            onClick={() => toggle(bucket)}
          >
            <Icon size={16} stroke={2} aria-hidden />
            {BUCKET_WORDS[bucket]}
            <span className={styles.count}>{count === undefined ? '' : numberText(count)}</span>
          </UnstyledButton>
        );
      })}
    </div>
  );
}
