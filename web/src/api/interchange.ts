import type { Layout } from '#libs/policy-folders/src/folder-names.js';
import { post } from './client';
import type { StartedRun } from './operations';

export type { Layout };

/** How an imported policy stands to the tenant's newest inventory. */
export type ImportState = 'equal' | 'different' | 'not_in_tenant' | 'ambiguous' | 'not_compared';

export interface ImportedChange {
  /** The tenant is before, the file after. */
  path: string;
  change: 'added' | 'removed' | 'changed';
}

export interface ImportedPolicy {
  /** Its path in the archive; `#2` is the second object of a file that holds several. */
  file: string;
  type: string;
  typeLabel: string;
  name: string;
  platform: string | null;
  settings: number;
  /** Parts of the policy that the file leaves out; such a policy is not compared. */
  missing: string[];
  assignmentsComparable: boolean;
  scopeTagsComparable: boolean;
  secretsMasked: number;
  state: ImportState;
  /** The tenant's policy that it was compared with. */
  policyId: string | null;
  changeCount: number;
  /** The first hundred. */
  changes: ImportedChange[];
}

export interface UnreadableFile {
  file: string;
  code: string;
  reason: string;
}

export interface OnlyInTenant {
  policyId: string;
  type: string;
  name: string;
}

export interface ImportReport {
  policies: ImportedPolicy[];
  unreadable: UnreadableFile[];
  /** Files that hold no policy by their name. */
  ignored: number;
  /** Of the types in the archive: policies that it does not have. */
  onlyInTenant: OnlyInTenant[];
}

/** Which policies to export; without types and text, all of them. */
export interface ExportRequest {
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
