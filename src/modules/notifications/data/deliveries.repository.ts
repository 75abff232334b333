import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { DeliveryState } from '../channels/channel.js';

export interface DeliveryRow {
  id: string;
  run_id: string;
  label: string;
  state: DeliveryState;
  attempts: number;
  next_attempt_at: Date;
  last_code: string | null;
  last_status: number | null;
  created_at: Date;
  /** `created_at` in full precision, for the keyset. */
  cursor_at: string;
  settled_at: Date | null;
}

/** What one tenant's channels were told, to read. */
@Injectable()
export class DeliveriesRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Newest first, after the delivery whose `[cursor_at, id]` is `after`. */
  page(
    scope: TenantScope,
    channelId: string,
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<DeliveryRow[]> {
    return this.database.query<DeliveryRow>(
      scope,
      `SELECT id, run_id, label, state, attempts, next_attempt_at, last_code, last_status, created_at,
         created_at::text AS cursor_at, settled_at
       FROM notification_deliveries
       WHERE tenant_id = $1 AND channel_id = $2
         AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $3`,
      [channelId, limit, after?.[0] ?? null, after?.[1] ?? null],
    );
  }
}
