import { Injectable } from '@nestjs/common';
import {
  Processes,
  type RunContext,
  type RunItem,
  type RunProcessor,
  type WorkResult,
} from '#libs/run-kit/src/run-processor.js';
import type { Layout } from '#libs/policy-folders/src/folder-names.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { InventoryFacade, type CurrentPolicy } from '../../modules/inventory/inventory.facade.js';
import { scopeOfRun } from '../../modules/operations/run-scope.js';
import { ArchiveWriter, MOST_FILES } from './archive/archive-writer.js';
import { archiveEntry } from './archive/archive-entry.js';
import { BulkExport, DEFAULT_LAYOUT, type BulkExportPayload } from './bulk-export.run-type.js';
import { PolicyExportRepository, type PolicyExportRow } from './data/policy-export.repository.js';
import { PolicySelection } from './policy-selection.js';

/** Stored policies in memory at once; one may be a megabyte. */
const POLICIES_AT_ONCE = 20;

/**
 * Writes the newest stored version of each selected policy to an archive. Items are recorded when the archive stands, so
 * that no run says a policy was exported whose archive nobody can fetch. May be repeated: an attempt begins anew.
 */
@Processes(BulkExport)
@Injectable()
export class BulkExportProcessor implements RunProcessor<BulkExportPayload> {
  constructor(
    private readonly selection: PolicySelection,
    private readonly inventory: InventoryFacade,
    private readonly exports: PolicyExportRepository,
  ) {}

  async work(payload: BulkExportPayload, context: RunContext): Promise<WorkResult> {
    const scope = scopeOfRun(context);
    await this.exports.removeExpired(scope);
    const { exportable, refused } = await this.selection.resolve(scope, payload);
    if (exportable.length > MOST_FILES) return { stop: 'aborted', reasonCode: 'policy_export.too_large' };
    context.progress({ total: exportable.length + refused.length, processed: refused.length, failed: refused.length });
    const written: RunItem[] = [];
    const layout = payload.layout ?? DEFAULT_LAYOUT;
    const archive = exportable.length > 0 ? await this.write(scope, exportable, layout, context, written) : undefined;
    for (const item of [...refused, ...written]) context.item(item);
    return { stop: 'finished', ...(archive ? { context: contextOf(archive) } : {}) };
  }

  /** Ordered by id, so that the same policies make the same archive, however they were selected. */
  private async write(
    scope: TenantScope,
    policies: CurrentPolicy[],
    layout: Layout,
    context: RunContext,
    written: RunItem[],
  ): Promise<PolicyExportRow> {
    const ordered = policies.toSorted((a, b) => (BigInt(a.policyId) < BigInt(b.policyId) ? -1 : 1));
    const archive = await ArchiveWriter.open(this.exports, scope, context.runId, () => context.checkLease());
    try {
      for (let at = 0; at < ordered.length; at += POLICIES_AT_ONCE) {
        await context.checkLease();
        await this.addChunk(scope, archive, ordered.slice(at, at + POLICIES_AT_ONCE), layout, written);
        context.progress({ processed: written.length, success: written.length });
      }
      return await archive.finish();
    } catch (error) {
      await archive.drop();
      throw error;
    }
  }

  private async addChunk(
    scope: TenantScope,
    archive: ArchiveWriter,
    policies: CurrentPolicy[],
    layout: Layout,
    written: RunItem[],
  ): Promise<void> {
    const stored = await this.inventory.storedVersions(
      scope,
      policies.map(({ versionId }) => versionId),
    );
    for (const policy of policies) {
      const object = stored.get(policy.versionId);
      if (object === undefined) throw new Error(`Policy ${policy.policyId} has no stored version.`);
      const { path, text } = archiveEntry(layout, policy, object);
      await archive.add(path, text);
      written.push({ itemId: policy.policyId, kind: 'policy', name: policy.name, result: 'success' });
    }
  }
}

function contextOf({
  id,
  files,
  bytes,
  sha256,
  expires_at: expiresAt,
}: PolicyExportRow): Record<string, string | number> {
  return { exportId: id, files, bytes: Number(bytes), sha256, expiresAt: expiresAt.toISOString() };
}
