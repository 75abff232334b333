import { Tooltip } from '@mantine/core';
import { absoluteTime, relativeFuture } from './format';
import { useNow } from './use-now';

/** A moment to come as people say it, with the exact time on hover and focus. */
export function TimeUntil({ at }: { at: string }) {
  const now = useNow();
  return (
    <Tooltip label={absoluteTime(at)}>
      <time dateTime={at} tabIndex={0} className="time">
        {relativeFuture(at, now)}
      </time>
    </Tooltip>
  );
}
