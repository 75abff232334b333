import { hashKey, type QueryClient } from '@tanstack/react-query';
import { tenantKey } from '../api/keys';
import { notesKey } from '../api/notifications';
import {
  ACTIVE_MOST,
  activeRunsQuery,
  isActive,
  runListsKey,
  runQuery,
  runSummaryQuery,
  type Run,
} from '../api/operations';
import { newerRun } from '../runs/run-lists';
import { GatheredRuns } from './gathered-runs';
import { isLive } from './live-state';
import { Soon } from './soon';
import type { StreamEvent } from './stream-events';
import { writeRuns } from './write-runs';

/** What is told within this is shown together. By a timer, because a hidden tab has no frames and is told as well. */
const SHOW_MS = 50;
/** While something is told all the time, a page is rendered at most this often, and free to be used in between. */
const SHOW_APART_MS = 250;
/** What ends together is read together. */
const END_MS = 250;
/** Lists that are read anew because runs come and go, at most this often. */
const LISTS_MS = 1_000;
/** Of runs that leave the list of active ones together, so many are asked for one by one; all lists are read anew for the others. */
const SETTLED_AT_ONCE = 10;

interface News {
  /** By id, in the order in which they became known. */
  runs: Map<string, Run>;
  /** Those that were active here. */
  ends: Run[];
}

/**
 * Keeps the query cache of one tenant up to date: with the stream's events while there are any, else by watching which
 * runs leave the list of active ones. When a run ends, everything of the tenant that is on the screen is read anew.
 */
export class LiveCache {
  private readonly ended = new Set<string>();
  /** Ids of those that left the list of active ones, until it is known whether they have ended. */
  private readonly missing = new Set<string>();
  private readonly gathered = new GatheredRuns();
  private readonly showSoon = new Soon(SHOW_MS, () => this.show(), SHOW_APART_MS);
  private readonly allSoon = new Soon(END_MS, () => this.readAnew());
  private readonly listsSoon = new Soon(LISTS_MS, () => this.readListsAnew());
  private readonly runsSoon = new Soon(LISTS_MS, () => this.readRunsAnew());
  private readonly notesSoon = new Soon(END_MS, () => void this.client.invalidateQueries({ queryKey: notesKey }));
  private readonly activeKey;
  /** Those that were active at the last look; undefined before the first. */
  private before: readonly Run[] | undefined;
  private unwatch: (() => void) | undefined;
  private stopped = false;

  /**
   * @param userId whose runs come first where not all can be asked for
   * @param onEnd told once of each run that was active here and has ended
   */
  constructor(
    private readonly client: QueryClient,
    private readonly tenantId: string,
    private readonly userId: string,
    private readonly onEnd: (run: Run) => void,
  ) {
    this.activeKey = activeRunsQuery(tenantId).queryKey;
  }

  start(): void {
    const active = hashKey(this.activeKey);
    this.unwatch = this.client.getQueryCache().subscribe((change) => {
      if (change.type === 'updated' && change.action.type === 'success' && change.query.queryHash === active) {
        this.compare();
      }
    });
    this.compare();
  }

  /** What was told until now still counts. */
  stop(): void {
    this.show();
    this.stopped = true;
    this.unwatch?.();
    for (const soon of [this.showSoon, this.allSoon, this.listsSoon, this.runsSoon, this.notesSoon]) soon.cancel();
  }

  take(event: StreamEvent): void {
    switch (event.name) {
      case 'run':
        this.gathered.add(event.run);
        this.showSoon.call();
        return;
      case 'notification':
        this.notesSoon.call();
        return;
      case 'reset':
        this.readAnewSoon();
        return;
      case 'beat':
    }
  }

  /** Reads all of this tenant that is on the screen, and the notifications, in a moment. */
  readAnewSoon(): void {
    this.allSoon.call();
  }

  /**
   * Reads which runs there are, in a moment: the page's own first reads are answered by then, and may lack what happened
   * between them and the first event.
   */
  readRunsAnewSoon(): void {
    this.runsSoon.call();
  }

  /** Reads which runs are active. */
  readActiveAnew(): void {
    void this.client.invalidateQueries({ queryKey: this.activeKey });
  }

  private readAnew(): void {
    void this.client.invalidateQueries({ queryKey: tenantKey(this.tenantId) });
    void this.client.invalidateQueries({ queryKey: notesKey });
  }

  private readRunsAnew(): void {
    this.listsSoon.cancel();
    this.readActiveAnew();
    this.readListsAnew();
  }

  private readListsAnew(): void {
    void this.client.invalidateQueries({ queryKey: runListsKey(this.tenantId) });
    void this.client.invalidateQueries({ queryKey: runSummaryQuery(this.tenantId).queryKey });
  }

  /** Brings what was gathered into the cache, and tells of the ends. */
  private show(): void {
    const { runs, ends } = this.news();
    // One that was emptied meanwhile, as at a sign-out, stays empty.
    const isEmptied = this.before !== undefined && this.client.getQueryData(this.activeKey) === undefined;
    if (!isEmptied) writeRuns(this.client, this.tenantId, runs);
    for (const run of ends) this.onEnd(run);
  }

  /** What was gathered and was not known yet. */
  private news(): News {
    const before = new Map(this.before?.map((run) => [run.id, run]));
    const runs = new Map<string, Run>();
    const ends: Run[] = [];
    for (const { run, wasActive } of this.gathered.take()) {
      if (this.ended.has(run.id)) continue;
      const known = this.client.getQueryData(runQuery(this.tenantId, run.id).queryKey) ?? before.get(run.id);
      if (isActive(run) && known !== undefined && newerRun(known, run) !== run) continue;
      if (!isActive(run)) {
        this.hasEnded(run);
        if (wasActive || before.has(run.id) || this.missing.has(run.id)) ends.push(run);
      }
      if (known?.status !== run.status) this.listsSoon.call();
      runs.set(run.id, run);
    }
    return { runs, ends };
  }

  private hasEnded({ id }: Run): void {
    this.ended.add(id);
    this.allSoon.call();
  }

  /** Runs that left the list of active ones without an event have ended, or the list was older than the run. */
  private compare(): void {
    const active = this.client.getQueryData(this.activeKey);
    if (active === undefined) return;
    const now = active.items.filter(({ id }) => !this.ended.has(id));
    if (now.length < active.items.length) {
      // Read before the end that was told meanwhile. This is called again by the write.
      this.client.setQueryData(this.activeKey, { ...active, items: now });
      return;
    }
    const ids = new Set(now.map(({ id }) => id));
    const unlisted = this.before?.filter(({ id }) => !this.ended.has(id) && !ids.has(id)) ?? [];
    const beyond = beyondList(now, unlisted);
    if (beyond.length > 0) {
      // Older than all that a full list has room for: still active as far as anybody was told.
      this.client.setQueryData(this.activeKey, { ...active, items: [...now, ...beyond] });
      return;
    }
    this.before = now;
    for (const { id } of unlisted) this.missing.add(id);
    if (unlisted.length > SETTLED_AT_ONCE) this.allSoon.call();
    for (const run of this.ownFirst(unlisted).slice(0, SETTLED_AT_ONCE)) void this.settle(run);
  }

  private ownFirst(runs: readonly Run[]): Run[] {
    const isOwn = (run: Run): number => Number(run.userId === this.userId);
    return runs.toSorted((a, b) => isOwn(b) - isOwn(a));
  }

  private async settle(before: Run): Promise<void> {
    try {
      const run = await this.client.fetchQuery({ ...runQuery(this.tenantId, before.id), staleTime: 0 });
      if (this.stopped) return;
      // Its end may have been told while it was asked for.
      this.show();
      this.missing.delete(run.id);
      if (this.ended.has(run.id)) return;
      if (!isActive(run)) this.hasEnded(run);
      writeRuns(this.client, this.tenantId, new Map([[run.id, run]]));
      if (!isActive(run)) this.onEnd(run);
    } catch {
      // Unreadable for the moment: the pages' own refreshing shows the end a little later.
    }
  }
}

/** Those of active runs that a full list leaves out for their age. Without events nobody would tell of their ends. */
function beyondList(listed: readonly Run[], unlisted: readonly Run[]): Run[] {
  const oldest = listed.at(-1);
  if (!isLive() || oldest === undefined || listed.length < ACTIVE_MOST) return [];
  return unlisted.filter(({ createdAt }) => createdAt < oldest.createdAt);
}
