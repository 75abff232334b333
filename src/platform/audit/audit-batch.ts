import { Injectable } from '@nestjs/common';
import type { Actor } from '../context/actor.js';
import type { RequestContext } from '../context/request-context.js';
import { Database } from '../database/database.js';
import { rowsStatement } from '../database/rows-statement.js';
import { ENTRY_COLUMNS, entryValues, type AuditEntry } from './audit-entry.js';

/** An entry for the trail of one tenant. */
export interface AuditRecord {
  tenantId: string;
  actor: Actor;
  entry: AuditEntry;
  /** The call it was done in; the one that is being served unless told. */
  context?: RequestContext | undefined;
}

const APPEND = rowsStatement(
  ['uuid', 'text', 'uuid', 'text', 'text', 'text', 'text', 'text', 'text', 'inet', 'text', 'jsonb'],
  (rows) => `INSERT INTO audit_entries (tenant_id, ${ENTRY_COLUMNS}) SELECT * FROM ${rows} AS entry`,
);

/**
 * Appends entries of several tenants in one statement, for who acts across tenants: the run engine's batches, and what
 * a person does to the account that he has in all of his. Everything else goes through `AuditTrail`.
 */
@Injectable()
export class AuditBatch {
  constructor(private readonly database: Database) {}

  /** In the order given; joins the transaction that is open around the caller. */
  async append(records: readonly AuditRecord[]): Promise<void> {
    if (records.length === 0) return;
    const rows = records.map(({ tenantId, actor, entry, context }) => [
      tenantId,
      ...entryValues(actor, entry, context),
    ]);
    await this.database.write(...APPEND(rows), { prepared: true });
  }
}
