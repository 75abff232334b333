import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { searchable, sortNameOf, type CachedGroup, type GroupKind, type RemovedReason } from '../group.js';
import type { GroupMerge } from '../sync/merge-groups.js';

/** A row of `directory_groups` as pages and other modules read it. */
export interface GroupRow {
  id: string;
  display_name: string | null;
  description: string | null;
  mail: string | null;
  kinds: GroupKind[];
  membership_rule: string | null;
  first_seen_at: Date;
  changed_at: Date;
  seen_at: Date;
  removed_at: Date | null;
  removed_reason: RemovedReason | null;
}

export interface GroupFilter {
  /** A part of name or mail in any case, or the whole id. */
  text?: string | undefined;
  /** Groups that are any of these. */
  kinds?: readonly GroupKind[] | undefined;
  /** These groups alone, in lower case; those that the cache does not know are missing. */
  ids?: readonly string[] | undefined;
  includeRemoved: boolean;
}

const GROUP = `group_id AS id, display_name, description, mail, kinds, membership_rule, first_seen_at, changed_at,
  seen_at, removed_at, removed_reason`;

/** The cached groups of a tenant. */
@Injectable()
export class GroupRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** By name in any case, then id, after the row whose `[sort_name, id]` is `after`; at most `limit` rows. */
  page(
    scope: TenantScope,
    { text, kinds, ids, includeRemoved }: GroupFilter,
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<(GroupRow & { sort_name: string })[]> {
    return this.database.query(
      scope,
      `SELECT ${GROUP}, sort_name FROM directory_groups
       WHERE tenant_id = $1 ${includeRemoved ? '' : 'AND removed_at IS NULL'}
         AND ($2::text IS NULL OR position($2::text IN search_text) > 0 OR group_id = $2::text)
         AND ($3::text[] IS NULL OR kinds && $3::text[])
         AND ($4::text IS NULL OR (sort_name, group_id) > ($4::text, $5::text))
         AND ($7::text[] IS NULL OR group_id = ANY ($7::text[]))
       ORDER BY sort_name, group_id LIMIT $6`,
      [
        text === undefined ? null : searchable(text),
        kinds ?? null,
        after?.[0] ?? null,
        after?.[1] ?? null,
        limit,
        ids ?? null,
      ],
    );
  }

  async find(scope: TenantScope, id: string): Promise<GroupRow | undefined> {
    const [row] = await this.named(scope, [id.toLowerCase()]);
    return row;
  }

  /** Those of `ids`, in lower case, that the cache knows, removed ones included. */
  named(scope: TenantScope, ids: readonly string[]): Promise<GroupRow[]> {
    return this.database.query<GroupRow>(
      scope,
      `SELECT ${GROUP} FROM directory_groups WHERE tenant_id = $1 AND group_id = ANY ($2::text[])`,
      [ids],
    );
  }

  /** The same, as a merge begins with them. */
  async known(scope: TenantScope, ids: readonly string[]): Promise<Map<string, CachedGroup>> {
    const rows = await this.named(scope, ids);
    return new Map(rows.map((row) => [row.id, cachedGroup(row)]));
  }

  /** Stores what a page of a round does to the cache; what is unchanged is written in a full round alone. */
  async apply(scope: TenantScope, merge: GroupMerge, round: { number: number; full: boolean }): Promise<void> {
    if (merge.write.length > 0) {
      await this.database.query(
        scope,
        `INSERT INTO directory_groups AS g
           (tenant_id, group_id, display_name, description, mail, kinds, membership_rule, sort_name, search_text, seen_round)
         SELECT $1, id, "displayName", description, mail, kinds, "membershipRule", "sortName", "searchText", $3
         FROM jsonb_to_recordset($2::jsonb) AS w (id text, "displayName" text, description text, mail text,
           kinds text[], "membershipRule" text, "sortName" text, "searchText" text)
         ORDER BY id
         ON CONFLICT (tenant_id, group_id) DO UPDATE SET display_name = excluded.display_name,
           description = excluded.description, mail = excluded.mail, kinds = excluded.kinds,
           membership_rule = excluded.membership_rule, sort_name = excluded.sort_name,
           search_text = excluded.search_text, changed_at = now(), seen_at = now(),
           seen_round = excluded.seen_round, removed_at = NULL, removed_reason = NULL`,
        [JSON.stringify(merge.write.map(stored)), round.number],
      );
    }
    if (merge.remove.length > 0) {
      await this.database.query(
        scope,
        `UPDATE directory_groups g SET removed_at = coalesce(g.removed_at, now()), removed_reason = r.reason,
           changed_at = now(), seen_round = $3
         FROM jsonb_to_recordset($2::jsonb) AS r (id text, reason text)
         WHERE g.tenant_id = $1 AND g.group_id = r.id`,
        [JSON.stringify(merge.remove), round.number],
      );
    }
    if (round.full && merge.unchanged.length > 0) {
      await this.database.query(
        scope,
        `UPDATE directory_groups SET seen_at = now(), seen_round = $3
         WHERE tenant_id = $1 AND group_id = ANY ($2::text[])`,
        [merge.unchanged, round.number],
      );
    }
  }

  /** Marks removed what a full round, read to its end, did not name. @returns how many that are */
  async removeUnnamed(scope: TenantScope, round: number): Promise<number> {
    const [row] = await this.database.query<{ removed: number }>(
      scope,
      `WITH gone AS (
         UPDATE directory_groups SET removed_at = now(), removed_reason = 'not_listed', changed_at = now()
         WHERE tenant_id = $1 AND removed_at IS NULL AND seen_round <> $2 RETURNING 1
       ) SELECT count(*)::integer AS removed FROM gone`,
      [round],
    );
    return row?.removed ?? 0;
  }
}

function stored(group: CachedGroup): object {
  const searchText = searchable(`${group.displayName ?? ''}\n${group.mail ?? ''}`);
  return { ...group, sortName: sortNameOf(group), searchText };
}

function cachedGroup(row: GroupRow): CachedGroup {
  return {
    id: row.id,
    displayName: row.display_name,
    description: row.description,
    mail: row.mail,
    kinds: row.kinds,
    membershipRule: row.membership_rule,
    removed: row.removed_reason,
  };
}
