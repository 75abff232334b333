import type { FeedParts, TabMessage } from './live-feed';
import { STREAM_EVENTS, streamEvent } from './stream-events';

/**
 * The browser's own parts for a live feed. Undefined where the browser has no Web Locks, which is on plain http to another
 * machine: many tabs with a stream each would use up its connections, so every tab asks instead.
 *
 * A tab that holds a lock is not frozen in the background, so a leading tab goes on leading.
 */
export function browserFeed(tenantId: string, userId: string): FeedParts | undefined {
  // Typed as always there, yet absent outside secure contexts.
  const locks = navigator.locks as LockManager | undefined;
  if (locks === undefined || typeof BroadcastChannel === 'undefined' || typeof EventSource === 'undefined') {
    return undefined;
  }
  const name = `tenantatlas.live.${userId}.${tenantId}`;
  return {
    elect: (lead, leaving) => locks.request(name, { signal: leaving }, lead),
    openChannel: (receive) => {
      const channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }: MessageEvent<TabMessage>) => receive(data);
      return { post: (message) => channel.postMessage(message), close: () => channel.close() };
    },
    openStream: (lastEventId, handlers) => {
      // A new EventSource cannot send the header, so the position goes into the address.
      const query = lastEventId === undefined ? '' : `?lastEventId=${encodeURIComponent(lastEventId)}`;
      const source = new EventSource(`/api/v1/tenants/${tenantId}/stream${query}`);
      source.onopen = () => handlers.opened();
      source.onerror = () => handlers.broken(source.readyState !== EventSource.CLOSED);
      for (const each of STREAM_EVENTS) {
        source.addEventListener(each, ({ data, lastEventId: id }: MessageEvent<string>) =>
          handlers.event(streamEvent(each, data, id)),
        );
      }
      return source;
    },
  };
}
