import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

/** How old and how big the cache is; all null before the first round that was read whole. */
export interface CacheStateRow {
  groups: number;
  removed_groups: number;
  /** When the newest round that was read whole began. */
  as_of: Date | null;
  age_seconds: number | null;
  last_full_at: Date | null;
  last_delta_at: Date | null;
  /** Whether a round was begun and has not been read to its end. */
  reading: boolean;
}

@Injectable()
export class CacheStateRepository {
  constructor(private readonly database: TenantDatabase) {}

  async read(scope: TenantScope): Promise<CacheStateRow> {
    const [row] = await this.database.query<CacheStateRow>(
      scope,
      `SELECT c.groups, c.removed_groups, a.as_of, s.last_full_at, s.last_delta_at,
         CASE WHEN a.as_of IS NOT NULL THEN greatest(0, extract(epoch FROM now() - a.as_of)) END::float8 AS age_seconds,
         coalesce(s.round_kind IS NOT NULL, false) AS reading
       FROM (SELECT count(*) FILTER (WHERE removed_at IS NULL)::integer AS groups,
               count(removed_at)::integer AS removed_groups
             FROM directory_groups WHERE tenant_id = $1) c
       LEFT JOIN directory_group_state s ON s.tenant_id = $1
       CROSS JOIN LATERAL (SELECT greatest(s.last_full_at, s.last_delta_at) AS as_of) a`,
    );
    if (!row) throw new Error('A count answered no row.');
    return row;
  }
}
