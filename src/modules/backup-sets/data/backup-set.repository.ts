import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

/** A row of `backup_sets` with what its items add up to. */
export interface BackupSetRow {
  id: string;
  name: string;
  description: string | null;
  created_by_name: string;
  created_at: Date;
  item_count: number;
  complete: boolean;
}

export interface NewBackupSet {
  name: string;
  description: string | null;
  createdBy: string | null;
  createdByName: string;
}

const SELECT_SETS = `SELECT s.id, s.name, s.description, s.created_by_name, s.created_at, i.item_count, i.complete
  FROM backup_sets s
  CROSS JOIN LATERAL (
    SELECT count(*)::integer AS item_count, coalesce(bool_and(complete), false) AS complete
    FROM backup_set_items WHERE tenant_id = s.tenant_id AND set_id = s.id
  ) i`;

@Injectable()
export class BackupSetRepository {
  constructor(private readonly database: TenantDatabase) {}

  async insert(scope: TenantScope, set: NewBackupSet): Promise<BackupSetRow> {
    const [row] = await this.database.query<BackupSetRow>(
      scope,
      `INSERT INTO backup_sets (tenant_id, name, description, created_by, created_by_name)
       VALUES ($1, $2, $3, $4, $5)
       RETURNING id, name, description, created_by_name, created_at, 0 AS item_count, false AS complete`,
      [set.name, set.description, set.createdBy, set.createdByName],
    );
    if (!row) throw new Error('The insert answered no row.');
    return row;
  }

  async find(scope: TenantScope, id: string): Promise<BackupSetRow | undefined> {
    const [row] = await this.database.query<BackupSetRow>(
      scope,
      `${SELECT_SETS} WHERE s.tenant_id = $1 AND s.id = $2`,
      [id],
    );
    return row;
  }

  /** Newest first, below the id `before`; at most `limit` rows. */
  page(scope: TenantScope, before: string | undefined, limit: number): Promise<BackupSetRow[]> {
    return this.database.query<BackupSetRow>(
      scope,
      `${SELECT_SETS} WHERE s.tenant_id = $1 AND ($2::bigint IS NULL OR s.id < $2) ORDER BY s.id DESC LIMIT $3`,
      [before ?? null, limit],
    );
  }
}
