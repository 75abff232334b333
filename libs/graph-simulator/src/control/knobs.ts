import { RETRY_AFTER_FORMS } from '../budget/retry-after-form.js';
import type { ReplicationLag } from '../directory/replication-lag.js';
import type { Throttle } from '../graph/throttle.js';
import type { Reply } from '../http/reply.js';
import { isBody, type GraphBody } from '../store/graph-body.js';
import { numberOf, oneOf } from './body-values.js';
import { controlReply } from './control-error.js';

const DAY_MS = 24 * 3600 * 1000;

/**
 * `GET /knobs` and `PUT /knobs {retryAfter?, replicationLag?: {directoryMs?, conditionalAccessMs?}}`: how a 429 names its wait, and
 * how long what was just made stays hidden. undefined for any other call. Throws ControlError.
 */
export function knobsCall(
  { throttle, lag }: { throttle: Throttle; lag: ReplicationLag },
  method: string,
  body: GraphBody,
): Reply | undefined {
  if (method === 'PUT') {
    const form = oneOf(body, 'retryAfter', RETRY_AFTER_FORMS);
    const times = isBody(body.replicationLag) ? body.replicationLag : {};
    const directoryMs = numberOf(times, 'directoryMs', 0, DAY_MS);
    const conditionalAccessMs = numberOf(times, 'conditionalAccessMs', 0, DAY_MS);
    if (form !== undefined) throttle.retryAfter.set(form);
    lag.set({
      ...(directoryMs === undefined ? {} : { directoryMs }),
      ...(conditionalAccessMs === undefined ? {} : { conditionalAccessMs }),
    });
  } else if (method !== 'GET') {
    return undefined;
  }
  return controlReply(200, { retryAfter: throttle.retryAfter.get(), replicationLag: lag.times() });
}
