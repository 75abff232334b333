/** Where a client's stream goes on. */
export interface StreamStart {
  /** The `pg_snapshot` after which the client has to be told everything; undefined when it comes for the first time. */
  since: string | undefined;
  /** The client named a position that is none of this tenant's, so what it knows cannot be brought up to date. */
  unusable: boolean;
}

/** What a client has: every transaction before `end`, except those of `running`, which ascend. */
interface Seen {
  end: bigint;
  running: readonly bigint[];
}

const POSITION = /^([0-9a-f]{8})-([1-9]\d{0,18})((?:-[1-9]\d{0,18})*)$/;

/** A position travels in a header with every frame. */
const MOST_RUNNING = 64;

/**
 * The position of a client that has everything of these snapshots (`xmin:xmax:running`). It lives in no process, so any
 * process can go on from it. It names each transaction that was still running: a snapshot counts those of the whole
 * server, and a position that went back before the oldest would tell everything since again, for as long as somebody
 * else's transaction stays open.
 */
export function positionIn(tenantId: string, snapshots: readonly string[]): string {
  const seen = snapshots.map(seenIn);
  const end = seen.reduce((least, one) => (one.end < least ? one.end : least), seen[0]?.end ?? 1n);
  const { end: upTo, running } = bounded({ end, running: seen.flatMap((one) => one.running) });
  return [tenantId.slice(0, 8), upTo, ...running].join('-');
}

/** What a client's `Last-Event-ID` means for this tenant. Any text is answered. */
export function startFrom(tenantId: string, lastEventId: string | undefined): StreamStart {
  if (lastEventId === undefined || lastEventId === '') return { since: undefined, unusable: false };
  const [, tenant, upTo, running = ''] = POSITION.exec(lastEventId) ?? [];
  if (tenant !== tenantId.slice(0, 8) || upTo === undefined) return { since: undefined, unusable: true };
  const seen = bounded({ end: BigInt(upTo), running: running.split('-').filter(Boolean).map(BigInt) });
  return { since: `${seen.running[0] ?? seen.end}:${seen.end}:${seen.running.join(',')}`, unusable: false };
}

function seenIn(snapshot: string): Seen {
  const [, end = '', running = ''] = snapshot.split(':');
  return { end: BigInt(end), running: running.split(',').filter(Boolean).map(BigInt) };
}

/** The same in order and each once. Of too many running it ends before the first that has no room: twice, not never. */
function bounded({ end, running }: Seen): Seen {
  const before = [...new Set(running)].filter((one) => one < end).sort((one, other) => (one < other ? -1 : 1));
  return { end: before[MOST_RUNNING] ?? end, running: before.slice(0, MOST_RUNNING) };
}
