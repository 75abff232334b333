/** Where a client's stream goes on. */
export interface StreamStart {
  /** The `pg_snapshot` after which the client has to be told everything; undefined when it comes for the first time. */
  since: string | undefined;
  /** The client named a position that is none of this tenant's, so what it knows cannot be brought up to date. */
  unusable: boolean;
}

const POSITION = /^([0-9a-f]{8})-([1-9]\d{0,18})$/;

/**
 * The position of a client that has everything of these snapshots (`xmin:xmax:running`): the oldest transaction that may
 * still bring something. It lives in no process, so any process can go on from it, and it errs towards telling twice.
 */
export function positionIn(tenantId: string, snapshots: readonly string[]): string {
  const oldest = snapshots.map(oldestRunning).reduce((one, other) => (one < other ? one : other));
  return `${tenantId.slice(0, 8)}-${oldest}`;
}

/** What a client's `Last-Event-ID` means for this tenant. Any text is answered. */
export function startFrom(tenantId: string, lastEventId: string | undefined): StreamStart {
  if (lastEventId === undefined || lastEventId === '') return { since: undefined, unusable: false };
  const [, tenant, oldest] = POSITION.exec(lastEventId) ?? [];
  if (tenant !== tenantId.slice(0, 8)) return { since: undefined, unusable: true };
  return { since: `${oldest}:${oldest}:`, unusable: false };
}

function oldestRunning(snapshot: string): bigint {
  return BigInt(snapshot.slice(0, snapshot.indexOf(':')));
}
