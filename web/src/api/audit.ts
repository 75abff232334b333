import { queryOptions } from '@tanstack/react-query';
import { get } from './client';
import { tenantKey } from './keys';
import { PAGE_SIZE, type Page } from './page';

export type AuditValues = Readonly<Record<string, string | number | boolean | null>>;

export interface AuditEntry {
  id: string;
  at: string;
  actorKind: 'user' | 'system';
  actorId: string | null;
  actorName: string;
  action: string;
  subjectType: string;
  subjectId: string;
  subjectName: string | null;
  address: string | null;
  userAgent: string | null;
  correlationId: string;
  change: { before: AuditValues | null; after: AuditValues | null } | null;
}

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
