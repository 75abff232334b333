import type { SealedColumn } from '../../platform/crypto/sealed-columns.js';

/** What a tenant's sealed credential is bound to, so that it cannot be opened as another tenant's. */
export function graphSecretPurpose(tenantId: string): string {
  return `graph_connections/${tenantId}`;
}

export const GRAPH_SECRETS: SealedColumn = {
  table: 'graph_connections',
  column: 'sealed_secret',
  key: ['tenant_id'],
  purpose: ([tenantId = '']) => graphSecretPurpose(tenantId),
};
