import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/context/actor.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { FactBus } from '../../platform/facts/fact-bus.js';
import type { RunRow } from './data/run-row.js';
import { RUN_QUEUED } from './operations.facts.js';
import { RunRegistry } from './registry/run-registry.js';
import { factOf } from './run-fact.js';

/** What is written beside a new run in its transaction: the audit entry, and the notes of those who listen. */
@Injectable()
export class RunRecords {
  constructor(
    private readonly audit: AuditTrail,
    private readonly facts: FactBus,
    private readonly registry: RunRegistry,
  ) {}

  async started(scope: TenantScope, actor: Actor, row: RunRow): Promise<void> {
    await this.audit.append(scope, actor, {
      action: `${row.type}.start`,
      subjectType: 'operation_run',
      subjectId: row.id,
      subjectName: row.subject_name,
    });
    await this.facts.publish(RUN_QUEUED, factOf(row, this.registry));
  }
}
