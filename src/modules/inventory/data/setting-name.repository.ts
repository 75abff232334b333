import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { storable } from '../policy/json.js';
import type { SettingDefinition } from '../policy/setting-definitions.js';
import { ONE_PLAN_FOR_ALL_TENANTS } from './one-plan.js';

/**
 * Names of settings as Graph told a tenant. They are kept per tenant although most are Microsoft's: some are of files
 * that a tenant has imported, and no tenant may name another's settings.
 */
@Injectable()
export class SettingNameRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** The ids of all definitions whose names are known. */
  async ids(scope: TenantScope): Promise<Set<string>> {
    const rows = await this.database.query<{ definition_id: string }>(
      scope,
      `SELECT definition_id FROM inventory_setting_names WHERE tenant_id = $1`,
    );
    return new Set(rows.map(({ definition_id }) => definition_id));
  }

  /** Names of these definitions; those that are not known are missing. */
  find(scope: TenantScope, ids: readonly string[]): Promise<SettingDefinition[]> {
    return this.database.query<SettingDefinition>(
      scope,
      `SELECT definition_id AS id, name, options FROM inventory_setting_names
       WHERE tenant_id = $1 AND definition_id = ANY ($2::text[])`,
      [ids],
    );
  }

  /** Keeps names; one that is known already stays as it is. */
  async add(scope: TenantScope, definitions: readonly SettingDefinition[]): Promise<void> {
    if (definitions.length === 0) return;
    await this.database.query(
      scope,
      `INSERT INTO inventory_setting_names (tenant_id, definition_id, name, options)
       SELECT $1, r.id, r.name, r.options FROM jsonb_to_recordset($2::jsonb) AS r(id text, name text, options jsonb)
       ON CONFLICT (tenant_id, definition_id) DO NOTHING`,
      [JSON.stringify(storable(definitions))],
    );
  }

  /** Which of these objects are stored already, under whichever of the types. */
  async storedAmong(
    scope: TenantScope,
    types: readonly string[],
    externalIds: readonly string[],
  ): Promise<Set<string>> {
    const rows = await this.database.query<{ external_id: string }>(
      scope,
      // Each by its whole key: for lists of unknown length, reading all that the tenant has may seem to cost no more.
      `SELECT g.external_id FROM unnest($2::text[]) AS t (type) CROSS JOIN unnest($3::text[]) AS g (external_id)
       CROSS JOIN LATERAL (
         SELECT FROM inventory_policies WHERE tenant_id = $1 AND type = t.type AND external_id = g.external_id LIMIT 1) p`,
      [types, externalIds],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
    return new Set(rows.map(({ external_id }) => external_id));
  }
}
