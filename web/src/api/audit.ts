import { queryOptions } from '@tanstack/react-query';
import { get } from './client';
import { tenantKey } from './keys';
import { PAGE_SIZE, type Page } from './page';
import type { Schema } from './schemas';

export type AuditEntry = Schema<'AuditEntryDto'>;

/** What an entry tells of a thing before or after a change of it, by the values' names. */
export type AuditValues = NonNullable<Schema<'AuditChangeDto'>['before']>;

export interface AuditFilter {
  q?: string | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  cursor?: string | undefined;
}

/** A time that is asked for: its name, and what that means when it is asked, as ISO 8601. */
export interface AuditSpan {
  key: string;
  read: () => { from?: string; to?: string };
}

export function auditQuery(tenantId: string, filter: AuditFilter, span: AuditSpan) {
  return queryOptions({
    queryKey: [...tenantKey(tenantId), 'audit', filter, span.key],
    queryFn: ({ signal }) =>
      get<Page<AuditEntry>>(`/tenants/${tenantId}/audit-log`, { ...filter, ...span.read(), limit: PAGE_SIZE }, signal),
    placeholderData: (before) => before,
  });
}
