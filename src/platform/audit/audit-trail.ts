import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Actor } from '../context/actor.js';
import { currentContext } from '../context/request-context.js';
import { TenantDatabase } from '../database/database.js';
import type { TenantScope } from '../database/tenant-scope.js';

/** What was done to which thing. `action` is dotted, `thing.verb`; nothing in it is a secret or a payload. */
export interface AuditEntry {
  action: string;
  subjectType: string;
  subjectId: string;
  subjectName?: string | null;
}

/** Appends who did what; joins the transaction that is open around the caller. The table refuses updates. */
@Injectable()
export class AuditTrail {
  constructor(private readonly database: TenantDatabase) {}

  async append(scope: TenantScope, actor: Actor, entry: AuditEntry): Promise<void> {
    await this.database.query(
      scope,
      `INSERT INTO audit_entries
         (tenant_id, actor_kind, actor_id, actor_name, action, subject_type, subject_id, subject_name, correlation_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        actor.kind,
        actor.kind === 'user' ? actor.userId : null,
        actor.name,
        entry.action,
        entry.subjectType,
        entry.subjectId,
        entry.subjectName ?? null,
        currentContext()?.correlationId ?? randomUUID(),
      ],
    );
  }
}
