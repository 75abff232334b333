import { Injectable } from '@nestjs/common';
import type { GraphClient } from '#libs/graph-client/src/graph-client.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { GroupRepository } from '../data/group.repository.js';
import {
  GroupRoundRepository,
  RoundTakenOver,
  type FullCause,
  type OpenRound,
  type RoundKind,
} from '../data/group-round.repository.js';
import { ALL_GROUPS, isLinkLost, readDeltaPage, untrusted, type DeltaPage } from './delta-page.js';
import { GROUP_FIELDS } from './group-entry.js';
import { addCounts, mergeGroups, type GroupCounts } from './merge-groups.js';

export interface GroupSyncOrder {
  /** Reads all groups, even where Graph would tell what has changed. */
  full: boolean;
  signal: AbortSignal;
  /** Called before each write; what it throws ends the sync. */
  mayWrite(): Promise<void>;
  /** Called when a page was written, and for a round that is gone on with at its start. */
  onProgress(progress: RoundProgress): void;
}

/** What a round is and has done so far, over all the runs that worked on it. */
export interface RoundProgress {
  kind: RoundKind;
  cause: FullCause | null;
  /** Whether an earlier run had begun it. */
  resumed: boolean;
  pages: number;
  counts: GroupCounts;
}

/** A round that this sync works on, and the address that it goes on at. */
interface Work {
  round: OpenRound;
  link: string;
  resumed: boolean;
}

/** A page in a row that is refused is no accident any more. */
const MOST_RESTARTS = 3;
/** More pages than these are taken for a loop: a directory of a million groups has some ten thousand. */
const MOST_PAGES = 100_000;

/** Reads a tenant's groups into the cache: all of them first, then what has changed since. */
@Injectable()
export class GroupSync {
  constructor(
    private readonly database: TenantDatabase,
    private readonly rounds: GroupRoundRepository,
    private readonly groups: GroupRepository,
  ) {}

  /**
   * Works one round to its end; an interrupted one is gone on with where its last page ended. When Graph does not take a
   * stored link any more, it falls back to the link before, then to reading all. Nothing counts as removed but what Graph
   * says so of, or what a full round that was read to its end did not name.
   * @throws GraphFailure, the signal's reason, what `mayWrite` throws, or RoundTakenOver; the round then stays open
   */
  async run(scope: TenantScope, client: GraphClient, order: GroupSyncOrder): Promise<RoundProgress> {
    let work = await this.open(scope, order);
    for (let restarts = 0; ; restarts += 1) {
      try {
        const done = await this.read(scope, client, work, order);
        if (done.kind === 'full' || done.counts.unclear === 0) return done;
        work = await this.open(scope, order);
      } catch (error) {
        if (restarts === MOST_RESTARTS || work.link === ALL_GROUPS || !isLinkLost(error)) throw error;
        work = await this.restart(scope, work.round, order);
      }
    }
  }

  /** The round to work on: the open one if it can be gone on with, else a new one. */
  private async open(scope: TenantScope, order: GroupSyncOrder): Promise<Work> {
    await order.mayWrite();
    return this.database.transaction(async () => {
      const { round: last, open, deltaLink, fields } = await this.rounds.lock(scope);
      const sameFields = fields === GROUP_FIELDS;
      if (open && sameFields && (open.kind === 'full' || !order.full)) {
        const start = open.kind === 'full' ? ALL_GROUPS : deltaLink;
        const link = open.pages === 0 ? start : open.link;
        if (link !== undefined) return this.taken({ round: open, link, resumed: open.pages > 0 }, order);
      }
      if (deltaLink !== undefined && sameFields && !order.full) return this.begin(scope, last, deltaLink, null);
      const cause = order.full ? 'asked' : last === 0 ? 'first' : sameFields ? 'link_lost' : 'fields_changed';
      return this.begin(scope, last, ALL_GROUPS, cause);
    });
  }

  /** A new round instead of `round`, whose link is lost. */
  private async restart(scope: TenantScope, round: OpenRound, order: GroupSyncOrder): Promise<Work> {
    await order.mayWrite();
    return this.database.transaction(async () => {
      const { round: last, open, deltaLink } = await this.rounds.lock(scope);
      if (open?.number !== round.number || open.pages !== round.pages) throw new RoundTakenOver();
      // A delta that had got beyond its first page can begin anew where the round before it ended.
      if (round.kind === 'delta' && round.pages > 0 && deltaLink !== undefined) {
        return this.begin(scope, last, deltaLink, null);
      }
      return this.begin(scope, last, ALL_GROUPS, 'link_lost');
    });
  }

  /** @param cause why it is a full round; null for a delta */
  private async begin(scope: TenantScope, last: number, link: string, cause: FullCause | null): Promise<Work> {
    const kind = cause === null ? 'delta' : 'full';
    const round = await this.rounds.begin(scope, last, { kind, cause, fields: GROUP_FIELDS });
    return { round, link, resumed: false };
  }

  private taken(work: Work, order: GroupSyncOrder): Work {
    order.onProgress(progressOf(work));
    return work;
  }

  /** Reads and writes page after page; `work` goes along, so that it says how far that is when this fails. */
  private async read(
    scope: TenantScope,
    client: GraphClient,
    work: Work,
    order: GroupSyncOrder,
  ): Promise<RoundProgress> {
    const seen = new Set<string>();
    for (;;) {
      order.signal.throwIfAborted();
      if (seen.has(work.link) || seen.size >= MOST_PAGES) throw untrusted('a nextLink came twice, or too many came');
      seen.add(work.link);
      const page = await readDeltaPage(client, work.link, order.signal);
      order.signal.throwIfAborted();
      await order.mayWrite();
      work.round = await this.write(scope, work.round, page);
      order.onProgress(progressOf(work));
      if (page.last) return progressOf(work);
      work.link = page.link;
    }
  }

  /**
   * Takes one page into the cache, whole or not at all. A delta that did not name a new group whole ends in a full round
   * that is to be read yet.
   */
  private write(scope: TenantScope, round: OpenRound, page: DeltaPage): Promise<OpenRound> {
    return this.database.transaction(async () => {
      await this.rounds.lock(scope);
      const ids = [...new Set(page.entries.map(({ id }) => id))];
      const merge = mergeGroups(await this.groups.known(scope, ids), page.entries);
      const full = round.kind === 'full';
      await this.groups.apply(scope, merge, { number: round.number, full });
      const counts = addCounts(round.counts, merge.counts);
      if (!page.last) {
        await this.rounds.advance(scope, round, counts, page.link);
      } else {
        if (full) counts.removed += await this.groups.removeUnnamed(scope, round.number);
        await this.rounds.close(scope, round, page.link);
        if (!full && counts.unclear > 0) await this.begin(scope, round.number, ALL_GROUPS, 'unclear');
      }
      return { ...round, counts, pages: round.pages + 1 };
    });
  }
}

function progressOf({ round: { kind, cause, pages, counts }, resumed }: Work): RoundProgress {
  return { kind, cause, resumed, pages, counts };
}
