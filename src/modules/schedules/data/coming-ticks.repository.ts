import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

export interface ComingTickRow {
  id: string;
  name: string;
  kind: string;
  next_tick_at: Date;
  last_result: string | null;
}

@Injectable()
export class ComingTicksRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** The schedules that are on, the next to fire first; a tenant has few, so they are put in order as they are read. */
  next(scope: TenantScope, most: number): Promise<ComingTickRow[]> {
    return this.database.query<ComingTickRow>(
      scope,
      `SELECT id, name, kind, next_tick_at, last_result FROM schedules
       WHERE tenant_id = $1 AND enabled ORDER BY next_tick_at, id LIMIT $2`,
      [most],
    );
  }
}
