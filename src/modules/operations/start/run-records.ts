import { Injectable } from '@nestjs/common';
import { AuditBatch, type AuditRecord } from '../../../platform/audit/audit-batch.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { RequestContext } from '../../../platform/context/request-context.js';
import { FactBus } from '../../../platform/facts/fact-bus.js';
import type { RunRow } from '../data/run-row.js';
import { RUN_QUEUED } from '../operations.facts.js';
import { RunRegistry } from '../registry/run-registry.js';
import { factOf, type ToldRun } from '../run-fact.js';

/** A run, who did something to it, and the call it was done in. */
export interface RunDeed {
  row: ToldRun & Pick<RunRow, 'held_until'>;
  actor: Actor;
  context: RequestContext;
}

/** What is written beside runs in their transaction: the audit entries, and the notes of those who listen. */
@Injectable()
export class RunRecords {
  constructor(
    private readonly audit: AuditBatch,
    private readonly facts: FactBus,
    private readonly registry: RunRegistry,
  ) {}

  /** New runs. A held one is told of when it is released: until then nothing was started. */
  async begun(deeds: readonly RunDeed[]): Promise<void> {
    if (deeds.length === 0) return;
    await this.audit.append(deeds.map((deed) => entryOf(deed, deed.row.held_until === null ? 'start' : 'hold')));
    await this.tellQueued(deeds.filter(({ row }) => row.held_until === null));
  }

  async released(deed: RunDeed): Promise<void> {
    await this.audit.append([entryOf(deed, 'start')]);
    await this.tellQueued([deed]);
  }

  async cancelled(deed: RunDeed): Promise<void> {
    await this.audit.append([entryOf(deed, 'cancel')]);
  }

  private async tellQueued(deeds: readonly RunDeed[]): Promise<void> {
    if (deeds.length === 0) return;
    await this.facts.publish(
      RUN_QUEUED,
      deeds.map(({ row }) => factOf(row, this.registry)),
    );
  }
}

function entryOf({ row, actor, context }: RunDeed, verb: string): AuditRecord {
  return {
    tenantId: row.tenant_id,
    actor,
    context,
    entry: {
      action: `${row.type}.${verb}`,
      subjectType: 'operation_run',
      subjectId: row.id,
      subjectName: row.subject_name,
    },
  };
}
