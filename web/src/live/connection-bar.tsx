import { Button, Text, VisuallyHidden } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { clockTime } from '../ui/format';
import { reachability, type Reach } from './reachability';

export function useReach(): Reach {
  return useSyncExternalStore(reachability.subscribe, reachability.current);
}

/** Says that the server is away and since when, lies over the lower edge so that nothing moves, and goes by itself. */
export function ConnectionBar() {
  const { reachable, lastAnswerAt } = useReach();
  const wasAway = useRef(false);
  const [isBack, setBack] = useState(false);
  useEffect(() => {
    if (reachable && wasAway.current) setBack(true);
    wasAway.current = !reachable;
  }, [reachable]);
  return (
    <div role="status">
      {reachable ? (
        isBack && <VisuallyHidden>TenantAtlas can be reached again.</VisuallyHidden>
      ) : (
        <div className="connection-bar" data-tone="amber">
          <IconPlugConnectedX size={18} stroke={1.8} aria-hidden />
          <Text size="sm" component="span">
            TenantAtlas cannot be reached
            {lastAnswerAt !== null && `, showing data from ${clockTime(lastAnswerAt)}`}, retrying.
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => reachability.retry()}>
            Retry now
          </Button>
        </div>
      )}
    </div>
  );
}
