import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Run } from '../../api/operations';
import { BUCKET_WORDS, bucketOf, type RunBucket } from '../run-bucket';

/** Tells assistive technology, politely, when a run's state changes; never how far it is. */
export function RunAnnouncer({ runs }: { runs: readonly Run[] }) {
  const before = useRef<ReadonlyMap<string, RunBucket>>(new Map());
  const [text, setText] = useState('');

  useEffect(() => {
    const now = new Map(runs.map((run) => [run.id, bucketOf(run)]));
    const changed = runs.filter(({ id }) => before.current.has(id) && before.current.get(id) !== now.get(id));
    before.current = now;
    if (changed.length > 0) {
      setText(changed.map((run) => `${run.label}: ${BUCKET_WORDS[bucketOf(run)]}`).join('. '));
    }
  }, [runs]);

  return <VisuallyHidden role="status">{text}</VisuallyHidden>;
}
