import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { ChannelKind, DeliveryState, WantedOutcome } from '../channels/channel.js';
import { MOST_CHANNELS } from '../channels/channel.js';

export interface ChannelRow {
  id: string;
  kind: ChannelKind;
  name: string;
  recipients: string[] | null;
  url_shown: string | null;
  sealed_url: Buffer | null;
  sealed_secret: Buffer | null;
  sealed_previous_secret: Buffer | null;
  previous_secret_until: Date | null;
  outcomes: WantedOutcome[];
  enabled: boolean;
  created_by_name: string;
  created_at: Date;
  /** `created_at` in full precision, for the keyset. */
  cursor_at: string;
  updated_at: Date;
  last_delivery_state: DeliveryState | null;
  last_delivery_code: string | null;
  last_delivery_at: Date | null;
}

export interface NewChannel {
  id: string;
  kind: ChannelKind;
  name: string;
  recipients: readonly string[] | null;
  urlShown: string | null;
  sealedUrl: Buffer | null;
  sealedSecret: Buffer | null;
  outcomes: readonly WantedOutcome[];
  enabled: boolean;
  createdBy: string | null;
  createdByName: string;
}

/** What a person may change; the kind and the secret stay. */
export type ChangedChannel = Pick<
  NewChannel,
  'name' | 'recipients' | 'urlShown' | 'sealedUrl' | 'outcomes' | 'enabled'
>;

const COLUMNS = `id, kind, name, recipients, url_shown, sealed_url, sealed_secret, sealed_previous_secret,
  previous_secret_until, outcomes, enabled, created_by_name, created_at, created_at::text AS cursor_at, updated_at,
  last_delivery_state, last_delivery_code, last_delivery_at`;

/** One tenant's channels. */
@Injectable()
export class ChannelsRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Undefined when the tenant has as many channels as it may. */
  async insert(scope: TenantScope, channel: NewChannel): Promise<ChannelRow | undefined> {
    const [row] = await this.database.query<ChannelRow>(
      scope,
      `INSERT INTO notification_channels (tenant_id, id, kind, name, recipients, url_shown, sealed_url, sealed_secret,
         outcomes, enabled, created_by, created_by_name)
       SELECT $1::uuid, $2::uuid, $3, $4, $5::text[], $6, $7::bytea, $8::bytea, $9::text[], $10::boolean, $11::uuid, $12
       WHERE (SELECT count(*) FROM notification_channels WHERE tenant_id = $1) < ${MOST_CHANNELS}
       RETURNING ${COLUMNS}`,
      [
        channel.id,
        channel.kind,
        channel.name,
        channel.recipients,
        channel.urlShown,
        channel.sealedUrl,
        channel.sealedSecret,
        channel.outcomes,
        channel.enabled,
        channel.createdBy,
        channel.createdByName,
      ],
    );
    return row;
  }

  /** Oldest first, after the channel whose `[cursor_at, id]` is `after`. */
  page(scope: TenantScope, after: readonly string[] | undefined, limit: number): Promise<ChannelRow[]> {
    return this.database.query<ChannelRow>(
      scope,
      `SELECT ${COLUMNS} FROM notification_channels
       WHERE tenant_id = $1 AND ($3::timestamptz IS NULL OR (created_at, id) > ($3, $4::uuid))
       ORDER BY created_at, id LIMIT $2`,
      [limit, after?.[0] ?? null, after?.[1] ?? null],
    );
  }

  async find(scope: TenantScope, id: string): Promise<ChannelRow | undefined> {
    const [row] = await this.database.query<ChannelRow>(
      scope,
      `SELECT ${COLUMNS} FROM notification_channels WHERE tenant_id = $1 AND id = $2`,
      [id],
    );
    return row;
  }

  /** The channel, unchanged by others until the open transaction ends. */
  async lock(scope: TenantScope, id: string): Promise<ChannelRow | undefined> {
    const [row] = await this.database.query<ChannelRow>(
      scope,
      `SELECT ${COLUMNS} FROM notification_channels WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE`,
      [id],
    );
    return row;
  }

  async update(scope: TenantScope, id: string, changed: ChangedChannel): Promise<ChannelRow | undefined> {
    const [row] = await this.database.query<ChannelRow>(
      scope,
      `UPDATE notification_channels
       SET name = $3, recipients = $4, url_shown = $5, sealed_url = $6, outcomes = $7, enabled = $8, updated_at = now()
       WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
      [id, changed.name, changed.recipients, changed.urlShown, changed.sealedUrl, changed.outcomes, changed.enabled],
    );
    return row;
  }

  /** The present secret becomes the previous one, for `hours` more. */
  async rotateSecret(
    scope: TenantScope,
    id: string,
    sealedSecret: Buffer,
    hours: number,
  ): Promise<ChannelRow | undefined> {
    const [row] = await this.database.query<ChannelRow>(
      scope,
      `UPDATE notification_channels
       SET sealed_previous_secret = sealed_secret, previous_secret_until = now() + $4 * interval '1 hour',
         sealed_secret = $3, updated_at = now()
       WHERE tenant_id = $1 AND id = $2 AND kind = 'webhook' RETURNING ${COLUMNS}`,
      [id, sealedSecret, hours],
    );
    return row;
  }

  /** Notes that the channel is tried; false when that was less than `seconds` ago. */
  async noteTest(scope: TenantScope, id: string, seconds: number): Promise<boolean> {
    const rows = await this.database.query(
      scope,
      `UPDATE notification_channels SET last_tested_at = now()
       WHERE tenant_id = $1 AND id = $2
         AND (last_tested_at IS NULL OR last_tested_at <= now() - $3 * interval '1 second')
       RETURNING id`,
      [id, seconds],
    );
    return rows.length > 0;
  }

  /** With its deliveries. The channel's name, undefined when there was none. */
  async delete(scope: TenantScope, id: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ name: string }>(
      scope,
      `DELETE FROM notification_channels WHERE tenant_id = $1 AND id = $2 RETURNING name`,
      [id],
    );
    return row?.name;
  }
}
