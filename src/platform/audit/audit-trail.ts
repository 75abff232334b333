import { Injectable } from '@nestjs/common';
import type { Actor } from '../context/actor.js';
import { TenantDatabase } from '../database/database.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { ENTRY_COLUMNS, entryValues, type AuditEntry } from './audit-entry.js';

export type { AuditEntry } from './audit-entry.js';

/**
 * Appends who did what to which thing from where; joins the transaction that is open around the caller. The table
 * refuses to change an entry, or to lose one before its tenant.
 */
@Injectable()
export class AuditTrail {
  constructor(private readonly database: TenantDatabase) {}

  async append(scope: TenantScope, actor: Actor, entry: AuditEntry): Promise<void> {
    await this.database.query(
      scope,
      `INSERT INTO audit_entries (tenant_id, ${ENTRY_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      entryValues(actor, entry),
    );
  }
}
