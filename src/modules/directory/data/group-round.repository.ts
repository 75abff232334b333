import { Injectable } from '@nestjs/common';
import { SealBroken, SecretBox } from '../../../platform/crypto/secret-box.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { linkPurpose, type LinkColumn } from './sealed-links.js';
import { NO_GROUPS, type GroupCounts } from '../sync/merge-groups.js';

export type RoundKind = 'full' | 'delta';

/**
 * Why a round reads all groups instead of what has changed. `link_lost`: Graph does not take the stored link any more, or
 * it cannot be opened. `unclear`: what had changed was not named whole.
 */
export type FullCause = 'first' | 'asked' | 'link_lost' | 'fields_changed' | 'unclear';

/** A round of reading that is open: it goes on at `link`; without one it is at its beginning. */
export interface OpenRound {
  number: number;
  kind: RoundKind;
  cause: FullCause | null;
  pages: number;
  counts: GroupCounts;
  link: string | undefined;
}

/** How far the reading of a tenant's groups is, read for a change of it. */
export interface ReadingState {
  /** Number of the last round that was begun; 0 before the first. */
  round: number;
  open: OpenRound | undefined;
  /** Where the next delta begins; undefined when all has to be read. */
  deltaLink: string | undefined;
  /** The fields that both links are about. */
  fields: string | null;
}

interface StateRow {
  round: number;
  round_kind: RoundKind | null;
  round_cause: FullCause | null;
  round_pages: number;
  round_counts: Partial<GroupCounts>;
  next_link: Buffer | null;
  delta_link: Buffer | null;
  fields: string | null;
}

/** Another worker has gone on with the round, or begun a new one. */
export class RoundTakenOver extends Error {
  readonly code = 'directory.superseded';

  constructor() {
    super('The round was taken over.');
    this.name = 'RoundTakenOver';
  }
}

/**
 * How far the reading of a tenant's groups is. A round's pages are numbered, and whoever writes one says how many were
 * written before it, so that of two workers on one round only one gets through.
 */
@Injectable()
export class GroupRoundRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly secrets: SecretBox,
  ) {}

  /** The state, locked until the transaction around the caller ends. A link that cannot be opened is none. */
  async lock(scope: TenantScope): Promise<ReadingState> {
    await this.database.query(
      scope,
      `INSERT INTO directory_group_state (tenant_id) VALUES ($1) ON CONFLICT (tenant_id) DO NOTHING`,
    );
    const [row] = await this.database.query<StateRow>(
      scope,
      `SELECT round, round_kind, round_cause, round_pages, round_counts, next_link, delta_link, fields
       FROM directory_group_state WHERE tenant_id = $1 FOR UPDATE`,
    );
    if (!row) throw new Error('The state of a tenant that was just written is not there.');
    return {
      round: row.round,
      open:
        row.round_kind === null
          ? undefined
          : {
              number: row.round,
              kind: row.round_kind,
              cause: row.round_cause,
              pages: row.round_pages,
              counts: { ...NO_GROUPS, ...row.round_counts },
              link: this.opened(scope, 'next_link', row.next_link),
            },
      deltaLink: this.opened(scope, 'delta_link', row.delta_link),
      fields: row.fields,
    };
  }

  /** Begins a round after `last`; a full one gives up the delta link, because its own end brings a new one. */
  async begin(
    scope: TenantScope,
    last: number,
    round: { kind: RoundKind; cause: FullCause | null; fields: string },
  ): Promise<OpenRound> {
    await this.database.query(
      scope,
      `UPDATE directory_group_state
       SET round = $2, round_kind = $3, round_cause = $4, round_started_at = now(), round_pages = 0, round_counts = '{}',
         next_link = NULL, delta_link = CASE WHEN $3 = 'full' THEN NULL ELSE delta_link END, fields = $5
       WHERE tenant_id = $1`,
      [last + 1, round.kind, round.cause, round.fields],
    );
    const { kind, cause } = round;
    return { number: last + 1, kind, cause, pages: 0, counts: NO_GROUPS, link: undefined };
  }

  /** Notes a written page and where to go on. @throws RoundTakenOver unless `round` is as it was read */
  async advance(scope: TenantScope, round: OpenRound, counts: GroupCounts, link: string): Promise<void> {
    await this.expect(
      this.database.query(
        scope,
        `UPDATE directory_group_state SET round_pages = round_pages + 1, round_counts = $4::jsonb, next_link = $5
         WHERE tenant_id = $1 AND round = $2 AND round_pages = $3 AND round_kind IS NOT NULL RETURNING round`,
        [round.number, round.pages, JSON.stringify(counts), this.sealed(scope, 'next_link', link)],
      ),
    );
  }

  /** Ends a round that was read whole; the cache is as of its beginning. @throws RoundTakenOver as {@link advance} */
  async close(scope: TenantScope, round: OpenRound, deltaLink: string): Promise<void> {
    await this.expect(
      this.database.query(
        scope,
        `UPDATE directory_group_state SET
           last_full_at = CASE WHEN round_kind = 'full' THEN round_started_at ELSE last_full_at END,
           last_delta_at = CASE WHEN round_kind = 'delta' THEN round_started_at ELSE last_delta_at END,
           round_kind = NULL, round_cause = NULL, round_started_at = NULL, next_link = NULL, delta_link = $4
         WHERE tenant_id = $1 AND round = $2 AND round_pages = $3 AND round_kind IS NOT NULL RETURNING round`,
        [round.number, round.pages, this.sealed(scope, 'delta_link', deltaLink)],
      ),
    );
  }

  private async expect(updated: Promise<object[]>): Promise<void> {
    if ((await updated).length === 0) throw new RoundTakenOver();
  }

  private sealed(scope: TenantScope, column: LinkColumn, link: string): Buffer {
    return this.secrets.seal(link, linkPurpose(scope.tenantId, column));
  }

  private opened(scope: TenantScope, column: LinkColumn, sealed: Buffer | null): string | undefined {
    if (sealed === null) return undefined;
    try {
      return this.secrets.open(sealed, linkPurpose(scope.tenantId, column));
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }
}
