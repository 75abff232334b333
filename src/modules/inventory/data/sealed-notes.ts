import type { SealedColumn } from '../../../platform/crypto/sealed-columns.js';

/** What a sealed note is bound to: its tenant, its sync run and its number. */
export function notePurpose(tenantId: string, syncRunId: string, number: number | string): string {
  return `inventory_reading_notes/${tenantId}/${syncRunId}/${number}`;
}

export const SEALED_NOTES: SealedColumn = {
  table: 'inventory_reading_notes',
  column: 'sealed',
  key: ['tenant_id', 'sync_run_id', 'number'],
  purpose: ([tenantId = '', syncRunId = '', number = '']) => notePurpose(tenantId, syncRunId, number),
};
