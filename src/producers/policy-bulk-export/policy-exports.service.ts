import { Injectable } from '@nestjs/common';
import { OperationRunService, type StartedRun } from '../../modules/operations/operation-run.service.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { Actor } from '../../platform/context/actor.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { BulkExport, type BulkExportPayload } from './bulk-export.run-type.js';
import { PolicyExportRepository } from './data/policy-export.repository.js';
import { AmbiguousSelection, ExportExpired } from './policy-export.errors.js';

/** An archive to be sent: read from the database part by part, as fast as it is taken. */
export interface ArchiveDownload {
  fileName: string;
  bytes: number;
  /** In hex. */
  sha256: string;
  parts: AsyncIterable<Buffer>;
}

/** Starts exports and hands out their archives. */
@Injectable()
export class PolicyExportsService {
  constructor(
    private readonly operations: OperationRunService,
    private readonly exports: PolicyExportRepository,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Starts an export of the selection, of every policy when it is empty; an equal one that is active is answered instead.
   * @throws AmbiguousSelection
   */
  start(scope: TenantScope, actor: Actor, selection: BulkExportPayload): Promise<StartedRun> {
    const { policyIds, types, q, layout } = selection;
    if (policyIds && (types ?? q) !== undefined) throw new AmbiguousSelection();
    return this.operations.start(scope, actor, BulkExport, {
      ...(policyIds ? { policyIds: [...new Set(policyIds)] } : {}),
      ...(types ? { types: [...new Set(types)] } : {}),
      ...(q === undefined ? {} : { q }),
      ...(layout === undefined ? {} : { layout }),
    });
  }

  /**
   * An archive of this tenant; that it was fetched goes into the audit trail first.
   * @throws AccessDenied for one that is not this tenant's, foreign and unknown alike
   * @throws ExportExpired
   */
  async download(scope: TenantScope, actor: Actor, id: string): Promise<ArchiveDownload> {
    const found = await this.exports.find(scope, id);
    if (!found) throw new AccessDenied();
    if (found.expired) throw new ExportExpired();
    const fileName = `policies-${found.finished_at.toISOString().slice(0, 10)}-${id}.zip`;
    await this.audit.append(scope, actor, {
      action: 'policy_export.download',
      subjectType: 'policy_export',
      subjectId: id,
      subjectName: fileName,
    });
    return { fileName, bytes: Number(found.bytes), sha256: found.sha256, parts: this.parts(scope, id, found.parts) };
  }

  private async *parts(scope: TenantScope, id: string, parts: number): AsyncGenerator<Buffer> {
    for (let part = 0; part < parts; part += 1) {
      const data = await this.exports.part(scope, id, part);
      if (!data) throw new Error(`Archive ${id} expired while it was fetched.`);
      yield data;
    }
  }
}
