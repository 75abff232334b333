import { relativeTime } from './format';
import { TIME_CLASS } from './time-class';
import { useOfNow } from './use-now';

/** A moment as people say it; the exact time is shown on hover and focus, by the frame's one `TimeTip`. */
export function TimeAgo({ at }: { at: string }) {
  const text = useOfNow((now) => relativeTime(at, now));
  return (
    <time dateTime={at} tabIndex={0} className={TIME_CLASS}>
      {text}
    </time>
  );
}
