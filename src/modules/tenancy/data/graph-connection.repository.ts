import { Injectable } from '@nestjs/common';
import { Database, TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

export interface GraphConnectionRow {
  clientId: string;
  sealedSecret: Buffer;
  updatedAt: Date;
}

/** How a tenant's Microsoft Graph is reached; the secret stays sealed here. */
@Injectable()
export class GraphConnectionRepository {
  constructor(
    private readonly database: Database,
    private readonly tenantDatabase: TenantDatabase,
  ) {}

  async find(scope: TenantScope): Promise<GraphConnectionRow | undefined> {
    const [row] = await this.tenantDatabase.query<GraphConnectionRow>(
      scope,
      `SELECT client_id AS "clientId", sealed_secret AS "sealedSecret", updated_at AS "updatedAt"
         FROM graph_connections WHERE tenant_id = $1`,
    );
    return row;
  }

  /** Connects a tenant, or replaces its connection. */
  async save(tenantId: string, clientId: string, sealedSecret: Buffer): Promise<void> {
    await this.database.query(
      `INSERT INTO graph_connections (tenant_id, client_id, sealed_secret) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id) DO UPDATE
         SET client_id = excluded.client_id, sealed_secret = excluded.sealed_secret, updated_at = now()`,
      [tenantId, clientId, sealedSecret],
    );
  }
}
