import { hashKey, type QueryClient } from '@tanstack/react-query';
import { tenantKey } from '../api/keys';
import { notesKey } from '../api/notifications';
import { activeRunsQuery, isActive, runListsKey, runQuery, runSummaryQuery, type Run } from '../api/operations';
import { withActiveRun, withoutRun, withRun } from '../runs/run-lists';
import { Soon } from './soon';
import type { StreamEvent } from './stream-events';

/** What ends together is read together. */
const END_MS = 250;
/** Lists that are read anew because runs come and go, at most this often. */
const LISTS_MS = 1_000;

/**
 * Keeps the query cache of one tenant up to date: with the stream's events while there are any, else by watching which
 * runs leave the list of active ones. When a run ends, everything of the tenant that is on the screen is read anew.
 */
export class LiveCache {
  private readonly ended = new Set<string>();
  private readonly allSoon = new Soon(END_MS, () => this.readAnew());
  private readonly listsSoon = new Soon(LISTS_MS, () => this.readListsAnew());
  private readonly notesSoon = new Soon(END_MS, () => void this.client.invalidateQueries({ queryKey: notesKey }));
  private before: readonly Run[] = [];
  private unwatch: (() => void) | undefined;

  /** @param onEnd told once of each run that was active here and has ended */
  constructor(
    private readonly client: QueryClient,
    private readonly tenantId: string,
    private readonly onEnd: (run: Run) => void,
  ) {}

  start(): void {
    const active = hashKey(activeRunsQuery(this.tenantId).queryKey);
    this.unwatch = this.client.getQueryCache().subscribe((change) => {
      if (change.type === 'updated' && change.action.type === 'success' && change.query.queryHash === active) {
        this.compare();
      }
    });
    this.compare();
  }

  stop(): void {
    this.unwatch?.();
    for (const soon of [this.allSoon, this.listsSoon, this.notesSoon]) soon.cancel();
  }

  take(event: StreamEvent): void {
    switch (event.name) {
      case 'run':
        this.changed(event.run);
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

  private readAnew(): void {
    void this.client.invalidateQueries({ queryKey: tenantKey(this.tenantId) });
    void this.client.invalidateQueries({ queryKey: notesKey });
  }

  /** Reads which runs are active. */
  readActiveAnew(): void {
    void this.client.invalidateQueries({ queryKey: activeRunsQuery(this.tenantId).queryKey });
  }

  private changed(run: Run): void {
    if (this.ended.has(run.id)) return;
    const { queryKey } = runQuery(this.tenantId, run.id);
    const known = this.client.getQueryData(queryKey) ?? this.before.find(({ id }) => id === run.id);
    if (!isActive(run))
      this.end(
        run,
        this.before.some(({ id }) => id === run.id),
      );
    else if (known !== undefined && (known.updatedAt > run.updatedAt || !isActive(known))) return;

    this.client.setQueryData(queryKey, run);
    this.client.setQueryData(activeRunsQuery(this.tenantId).queryKey, (list) =>
      isActive(run) ? withActiveRun(list, run) : withoutRun(list, run.id),
    );
    this.client.setQueriesData({ queryKey: runListsKey(this.tenantId) }, (list: unknown) => withRun(list, run));
    if (known === undefined || known.status !== run.status) this.listsSoon.call();
  }

  private end(run: Run, wasActive: boolean): void {
    this.ended.add(run.id);
    this.allSoon.call();
    if (wasActive) this.onEnd(run);
  }

  private readListsAnew(): void {
    void this.client.invalidateQueries({ queryKey: runListsKey(this.tenantId) });
    void this.client.invalidateQueries({ queryKey: runSummaryQuery(this.tenantId).queryKey });
  }

  /** Runs that left the list of active ones without an event have ended, or the list was older than the run. */
  private compare(): void {
    const now = this.client.getQueryData(activeRunsQuery(this.tenantId).queryKey)?.items;
    if (now === undefined) return;
    const gone = this.before.filter(({ id }) => !this.ended.has(id) && !now.some((run) => run.id === id));
    this.before = now;
    for (const run of gone) void this.settle(run);
  }

  private async settle(before: Run): Promise<void> {
    try {
      const run = await this.client.fetchQuery({ ...runQuery(this.tenantId, before.id), staleTime: 0 });
      if (isActive(run)) {
        this.client.setQueryData(activeRunsQuery(this.tenantId).queryKey, (list) => withActiveRun(list, run));
      } else if (!this.ended.has(run.id)) {
        this.end(run, true);
      }
    } catch {
      // Unreadable for the moment: the pages' own refreshing shows the end a little later.
    }
  }
}
