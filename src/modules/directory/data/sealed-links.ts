import type { SealedColumn } from '../../../platform/crypto/sealed-columns.js';

export type LinkColumn = 'next_link' | 'delta_link';

/** What a sealed link is bound to: its tenant and its column. */
export function linkPurpose(tenantId: string, column: LinkColumn): string {
  return `directory_group_state/${tenantId}/${column}`;
}

export const SEALED_LINKS: readonly SealedColumn[] = (['next_link', 'delta_link'] as const).map((column) => ({
  table: 'directory_group_state',
  column,
  key: ['tenant_id'],
  purpose: ([tenantId = '']) => linkPurpose(tenantId, column),
}));
