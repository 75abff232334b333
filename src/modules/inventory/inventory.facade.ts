import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { isId } from '../../platform/http/parse-id.js';
import { PolicyRepository, type PolicyRow } from './data/policy.repository.js';
import { SyncRunRepository, type SyncRunHeadRow, type UsableRuns } from './data/sync-run.repository.js';
import type { CanonicalPolicy } from './policy/canonical-policy.js';
import { comparePolicies, type PolicyChange } from './policy/compare-policies.js';
import type { JsonObject } from './policy/json.js';
import { normalisedName } from './policy/normalised-name.js';
import type { TypeCoverage } from './sync/coverage.js';
import { normaliseSelection, scopeKeyOf } from './sync/selection.js';

export type { UsableRuns } from './data/sync-run.repository.js';
export type { CanonicalPolicy } from './policy/canonical-policy.js';
export type { PolicyChange } from './policy/compare-policies.js';
export type { JsonObject } from './policy/json.js';
export type { CoverageState, TypeCoverage } from './sync/coverage.js';

/** One finished sync of one scope (selection) that read something, without what it read. */
export interface SyncRunHead {
  id: string;
  operationRunId: string;
  scopeKey: string;
  outcome: 'succeeded' | 'partially_succeeded';
  finishedAt: string;
}

export interface SyncRunRef extends SyncRunHead {
  coverage: TypeCoverage[];
}

/** A policy as it stood at one sync run. Hashes are sha-256 in hex. */
export interface PolicySnapshot {
  policyId: string;
  type: string;
  externalId: string;
  name: string;
  platform: string | null;
  versionId: string;
  /** Over everything: name, description, body, assignments. */
  contentHash: string;
  /** Over settings, properties and scope tags: what a device obeys. */
  bodyHash: string;
  assignmentsHash: string;
}

/** The normalised content of one version; it holds no secret. */
export interface PolicyDocument {
  versionId: string;
  type: string;
  name: string;
  content: CanonicalPolicy;
}

export interface CurrentPolicy {
  policyId: string;
  type: string;
  externalId: string;
  name: string;
  /** The newest version that was read whole. */
  versionId: string;
  /** False once a full reading did not find it any more. */
  present: boolean;
  /** Whether the newest sync that saw it could read all of it. */
  complete: boolean;
}

/** Rows of one statement where a whole selection is read. */
const POLICIES_AT_ONCE = 500;

/** The door of `inventory` for other modules. */
@Injectable()
export class InventoryFacade {
  constructor(
    private readonly runs: SyncRunRepository,
    private readonly policies: PolicyRepository,
  ) {}

  /** The scope of a sync of everything, which is what a sync without a selection means. */
  defaultScopeKey(): string {
    return scopeKeyOf(normaliseSelection());
  }

  /** Finished syncs of a scope that read something, newest first; `syncRun` answers the coverage of one. */
  async syncRuns(scope: TenantScope, scopeKey: string, which: UsableRuns): Promise<SyncRunHead[]> {
    const rows = await this.runs.usable(scope, scopeKey, which);
    return rows.flatMap((row) => headOf(row) ?? []);
  }

  /** One such sync; undefined for a foreign, unknown, failed or unfinished one. */
  async syncRun(scope: TenantScope, id: string): Promise<SyncRunRef | undefined> {
    if (!isId(id)) return undefined;
    const row = await this.runs.find(scope, id);
    const head = row && headOf(row);
    return head && { ...head, coverage: row.coverage };
  }

  /**
   * Holds sync runs that are to be compared: none of them is removed for as long as the run that compares them is listed.
   * False when one of them is not there (any more).
   */
  async holdSyncRuns(scope: TenantScope, ids: readonly string[]): Promise<boolean> {
    return ids.every(isId) && this.runs.hold(scope, ids);
  }

  /** Keeps sync runs for ever: something that stands for ever names them. */
  keepSyncRuns(scope: TenantScope, ids: readonly string[]): Promise<void> {
    return this.runs.keep(scope, ids.filter(isId));
  }

  /**
   * Every policy as it stood at a sync, for the types that the sync read in whole or in part. In a type read in part,
   * what could not be read stands as it was before.
   */
  async snapshots(scope: TenantScope, syncRunId: string): Promise<PolicySnapshot[]> {
    const rows = await this.policies.snapshots(scope, syncRunId);
    return rows.map((row) => ({
      policyId: row.policy_id,
      type: row.type,
      externalId: row.external_id,
      name: row.name,
      platform: row.platform,
      versionId: row.version_id,
      contentHash: row.content_hash,
      bodyHash: row.body_hash,
      assignmentsHash: row.assignments_hash,
    }));
  }

  /** The documents of versions by their id; ids that are not this tenant's are missing. */
  async documents(scope: TenantScope, versionIds: readonly string[]): Promise<Map<string, PolicyDocument>> {
    const rows = await this.policies.documents(scope, versionIds.filter(isId));
    return new Map(
      rows.map(({ version_id: versionId, type, name, content }) => [versionId, { versionId, type, name, content }]),
    );
  }

  /** What differs between two documents of one type; pure. See `comparePolicies`. */
  compare(before: PolicyDocument, after: PolicyDocument): PolicyChange[] {
    return comparePolicies(before.content, after.content);
  }

  /** The policies with these ids as they are now; ids that are not this tenant's are missing. */
  async currentPolicies(scope: TenantScope, policyIds: readonly string[]): Promise<CurrentPolicy[]> {
    const rows = await this.policies.current(scope, policyIds.filter(isId));
    return rows.map(currentOf);
  }

  /** The policies that the tenant has, by name; `types` are keys, `text` is a part of the name or description in any case. */
  async *presentPolicies(
    scope: TenantScope,
    filter: { types?: readonly string[]; text?: string },
  ): AsyncGenerator<CurrentPolicy> {
    let after: readonly string[] | undefined;
    for (;;) {
      const narrowed = { ...filter, includeRemoved: false };
      const rows = await this.policies.page(scope, narrowed, 'name', after, POLICIES_AT_ONCE);
      yield* rows.map(currentOf);
      const last = rows.at(-1);
      if (last === undefined || rows.length < POLICIES_AT_ONCE) return;
      after = [last.sort_name, last.id];
    }
  }

  /**
   * Whole stored versions by id, as they were read from Graph, less their secrets; ids that are not this tenant's are
   * missing. They are large: ask for a few at a time.
   */
  storedVersions(scope: TenantScope, versionIds: readonly string[]): Promise<Map<string, JsonObject>> {
    return this.policies.rawVersions(scope, versionIds.filter(isId));
  }

  /** The name without its trailing version, for matching a policy that was re-created. */
  normalisedName(name: string): string {
    return normalisedName(name);
  }
}

function currentOf(row: PolicyRow): CurrentPolicy {
  return {
    policyId: row.id,
    type: row.type,
    externalId: row.external_id,
    name: row.name,
    versionId: row.version_id,
    present: row.present,
    complete: row.completeness.complete,
  };
}

function headOf(row: SyncRunHeadRow): SyncRunHead | undefined {
  const { outcome, finished_at: finishedAt } = row;
  if (finishedAt === null || outcome === null || outcome === 'failed') return undefined;
  return {
    id: row.id,
    operationRunId: row.operation_run_id,
    scopeKey: row.scope_key,
    outcome,
    finishedAt: finishedAt.toISOString(),
  };
}
