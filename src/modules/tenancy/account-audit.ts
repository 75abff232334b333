import { Injectable } from '@nestjs/common';
import { AuditBatch } from '../../platform/audit/audit-batch.js';
import type { AuditEntry } from '../../platform/audit/audit-trail.js';
import { TenantRepository } from './data/tenant.repository.js';

/**
 * The audit of what a person does to his own account, such as signing in. The account belongs to no single tenant, so
 * every tenant that he is a member of is told.
 */
@Injectable()
export class AccountAudit {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly audit: AuditBatch,
  ) {}

  /** Joins the transaction that is open around the caller; writes nothing for a person without a tenant. */
  async record(user: { userId: string; name: string }, entry: AuditEntry): Promise<void> {
    const tenantIds = await this.tenants.tenantIdsOf(user.userId);
    const actor = { kind: 'user', userId: user.userId, name: user.name } as const;
    await this.audit.append(tenantIds.map((tenantId) => ({ tenantId, actor, entry })));
  }
}
