import { relativeFuture } from './format';
import { TIME_CLASS } from './time-class';
import { useOfNow } from './use-now';

/** A moment to come as people say it; the exact time is shown on hover and focus, by the frame's one `TimeTip`. */
export function TimeUntil({ at }: { at: string }) {
  const text = useOfNow((now) => relativeFuture(at, now));
  return (
    <time dateTime={at} tabIndex={0} className={TIME_CLASS}>
      {text}
    </time>
  );
}
