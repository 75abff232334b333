import { Tooltip } from '@mantine/core';
import { absoluteTime, relativeTime } from './format';
import { useNow } from './use-now';

/** A moment as people say it, with the exact time on hover and focus. */
export function TimeAgo({ at }: { at: string }) {
  const now = useNow();
  return (
    <Tooltip label={absoluteTime(at)}>
      <time dateTime={at} tabIndex={0} className="time">
        {relativeTime(at, now)}
      </time>
    </Tooltip>
  );
}
