import type { AuditEntry } from '../../../platform/audit/audit-trail.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { CredentialKind } from '../data/graph-connection.repository.js';
import { endOf } from './connection-view.js';

/** What the audit trail tells of a connection; nothing of the credential. */
export function connectionEntry(
  scope: TenantScope,
  verb: 'set' | 'delete' | 'test',
  { kind, clientId }: { kind: CredentialKind; clientId: string },
): AuditEntry {
  return {
    action: `graph_connection.${verb}`,
    subjectType: 'graph_connection',
    subjectId: scope.tenantId,
    subjectName: `${kind}, app …${endOf(clientId)}`,
  };
}
