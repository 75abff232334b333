import type { Layout } from '#libs/policy-folders/src/folder-names.js';
import { post } from './client';
import type { StartedRun } from './operations';
import type { Schema } from './schemas';

export type { Layout };

/** How an imported policy stands to the tenant's newest inventory. */
export type ImportState = ImportedPolicy['state'];

export type ImportedChange = Schema<'ImportedChangeDto'>;

export type ImportedPolicy = Schema<'ImportedPolicyDto'>;

export type UnreadableFile = Schema<'UnreadableFileDto'>;

export type OnlyInTenant = Schema<'OnlyInTenantDto'>;

export type ImportReport = Schema<'ImportReportDto'>;

/** Which policies to export: those named by id, at most 5,000, or by type and text; without any of these, all of them. */
export interface ExportRequest {
  policyIds?: readonly string[];
  types?: string[];
  q?: string;
  layout: Layout;
}

/** @param archive a zip; nothing of it is stored */
export function importArchive(tenantId: string, archive: Blob): Promise<ImportReport> {
  return post(`/tenants/${tenantId}/inventory/import`, archive.slice(0, archive.size, 'application/zip'));
}

export function startExport(tenantId: string, request: ExportRequest): Promise<StartedRun> {
  return post(`/tenants/${tenantId}/exports/policies`, request);
}
