import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTenant } from '../access/tenant-context';
import { runEnded } from '../runs/watched-runs';
import { browserFeed } from './browser-feed';
import { LiveCache } from './live-cache';
import { LiveFeed } from './live-feed';
import { setLive } from './live-state';
import { reachability } from './reachability';

/** Keeps what is shown of the tenant up to date, on every page: by its events, by asking where there are none. */
export function LiveTenant() {
  const { tenantId, user } = useTenant();
  const queryClient = useQueryClient();

  useEffect(() => {
    const cache = new LiveCache(queryClient, tenantId, user.id, runEnded);
    cache.start();
    const parts = browserFeed(tenantId, user.id);
    let wasLive = false;
    const feed =
      parts &&
      new LiveFeed(parts, {
        event: (event) => cache.take(event),
        state: (live) => {
          setLive(live);
          // What happened before the first event came may be missing among the runs, what happened in a gap anywhere.
          if (!live) cache.readActiveAnew();
          else if (wasLive) cache.readAnewSoon();
          else cache.readRunsAnewSoon();
          wasLive ||= live;
        },
        trouble: () => reachability.suspect(),
      });
    feed?.start();
    const away = reachability.subscribe(() => {
      if (reachability.current().reachable) cache.readAnewSoon();
    });
    return () => {
      away();
      feed?.stop();
      cache.stop();
      setLive(false);
    };
  }, [queryClient, tenantId, user.id]);

  return null;
}
