import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { CanonicalPolicy } from '../policy/canonical-policy.js';
import type { CompletePolicy } from '../sync/plan-writes.js';
import { ONE_PLAN_FOR_ALL_TENANTS } from './one-plan.js';

/** Policies that are written together. */
const ROWS_AT_ONCE = 200;
/**
 * Characters of the JSON that one statement carries. V8 puts larger texts among the objects that are only collected when
 * memory has grown; a sync of thousands of policies would leave hundreds of megabytes of them behind.
 */
const CHARACTERS_AT_ONCE = 100_000;

interface VersionRecord {
  external_id: string;
  name: string;
  platform: string | null;
  content_hash: string;
  body_hash: string;
  assignments_hash: string;
  content: CanonicalPolicy;
  raw: unknown;
  completeness: unknown;
}

const POLICY = `AS r(external_id text, name text, platform text, completeness jsonb, description text, assigned boolean,
  scope_tags text[])`;

const VERSION = `AS v(policy_id bigint, name text, platform text, content_hash text, body_hash text,
  assignments_hash text, content jsonb, raw jsonb, completeness jsonb)`;

/** What {@link VersionWriter.write} did. */
export interface WrittenVersions {
  /** How many are new. */
  versions: number;
  /** The id of each policy that was given, by Graph's. */
  policyIds: ReadonlyMap<string, string>;
}

/** Writes policies with their versions and periods; always inside a transaction that holds the tenant's inventory lock. */
@Injectable()
export class VersionWriter {
  constructor(private readonly database: TenantDatabase) {}

  /** From `syncRunId` on, each policy stands at the version given. */
  async write(
    scope: TenantScope,
    type: string,
    syncRunId: string,
    policies: readonly CompletePolicy[],
  ): Promise<WrittenVersions> {
    const policyIds = new Map<string, string>();
    let versions = 0;
    for (let at = 0; at < policies.length; at += ROWS_AT_ONCE) {
      const records = policies.slice(at, at + ROWS_AT_ONCE).map(recordOf);
      const ids = await this.writePolicies(scope, type, records);
      versions += await this.writeVersions(scope, type, syncRunId, records, ids);
      for (const [externalId, id] of ids) policyIds.set(externalId, id);
    }
    return { versions, policyIds };
  }

  /** Answers the policies' ids by Graph's. */
  private async writePolicies(
    scope: TenantScope,
    type: string,
    records: readonly VersionRecord[],
  ): Promise<Map<string, string>> {
    const policies = records.map(({ external_id, name, platform, completeness, content }) => ({
      external_id,
      name,
      platform,
      completeness,
      ...foundByOf(content),
    }));
    const ids = await this.database.query<{ id: string; external_id: string }>(
      scope,
      `INSERT INTO inventory_policies
         (tenant_id, type, external_id, name, platform, completeness, description, assigned, scope_tags)
       SELECT $1, $2, external_id, name, platform, completeness, description, assigned, scope_tags
       FROM jsonb_to_recordset($3::jsonb) ${POLICY}
       ON CONFLICT (tenant_id, type, external_id) DO UPDATE SET name = excluded.name, platform = excluded.platform,
         completeness = excluded.completeness, description = excluded.description, assigned = excluded.assigned,
         scope_tags = excluded.scope_tags, present = true, removed_at = NULL, changed_at = now()
       RETURNING id, external_id`,
      [type, JSON.stringify(policies)],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
    return new Map(ids.map(({ id, external_id }) => [external_id, id]));
  }

  private async writeVersions(
    scope: TenantScope,
    type: string,
    syncRunId: string,
    records: readonly VersionRecord[],
    idOf: ReadonlyMap<string, string>,
  ): Promise<number> {
    let inserted = 0;
    const identified = records.map(({ external_id, ...version }) => ({ policy_id: idOf.get(external_id), ...version }));
    for (const versions of textsOf(identified)) {
      const rows = await this.database.query(
        scope,
        `INSERT INTO inventory_policy_versions
           (tenant_id, policy_id, content_hash, body_hash, assignments_hash, name, platform, content, raw, completeness)
         SELECT $1, policy_id, content_hash, body_hash, assignments_hash, name, platform, content, raw, completeness
         FROM jsonb_to_recordset($2::jsonb) ${VERSION}
         ON CONFLICT (tenant_id, policy_id, content_hash) DO NOTHING RETURNING id`,
        [versions],
        ONE_PLAN_FOR_ALL_TENANTS,
      );
      inserted += rows.length;
    }
    const policyIds = [...idOf.values()];
    await this.closePeriods(scope, syncRunId, policyIds);
    const hashes = Object.fromEntries(
      identified.map(({ policy_id, content_hash }) => [String(policy_id), content_hash] as const),
    );
    await this.database.query(
      scope,
      // Each version by its key: a join may read all that the tenant has, chunk after chunk.
      `WITH standing AS (
         UPDATE inventory_policies p SET current_version_id = (
           SELECT v.id FROM inventory_policy_versions v
           WHERE v.tenant_id = $1 AND v.policy_id = p.id AND v.content_hash = $5::jsonb ->> p.id::text)
         WHERE p.tenant_id = $1 AND p.id = ANY ($4::bigint[])
         RETURNING p.id, p.current_version_id
       )
       INSERT INTO inventory_policy_periods (tenant_id, type, policy_id, version_id, from_sync_id)
       SELECT $1, $2, id, current_version_id, $3 FROM standing`,
      [type, syncRunId, policyIds, JSON.stringify(hashes)],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
    return inserted;
  }

  /** Keeps policies, with all their periods, under another type key of their collection. */
  async move(scope: TenantScope, type: string, policyIds: readonly string[]): Promise<void> {
    for (const table of ['policies', 'policy_periods'] as const) {
      await this.database.query(
        scope,
        `UPDATE inventory_${table} SET type = $2
         WHERE tenant_id = $1 AND ${table === 'policies' ? 'id' : 'policy_id'} = ANY ($3::bigint[])`,
        [type, policyIds],
      );
    }
  }

  /** Ends the periods that are open for these policies: their versions stood until, not including, `syncRunId`. */
  async closePeriods(scope: TenantScope, syncRunId: string, policyIds: readonly string[]): Promise<void> {
    await this.database.query(
      scope,
      `UPDATE inventory_policy_periods SET until_sync_id = $2
       WHERE tenant_id = $1 AND policy_id = ANY ($3::bigint[]) AND until_sync_id IS NULL`,
      [syncRunId, policyIds],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
  }
}

function recordOf({ policy, completeness }: CompletePolicy): VersionRecord {
  const { contentHash, bodyHash, assignmentsHash } = policy.hashes;
  return {
    external_id: policy.externalId,
    name: policy.content.name,
    platform: policy.platform,
    content_hash: contentHash,
    body_hash: bodyHash,
    assignments_hash: assignmentsHash,
    content: policy.content,
    raw: policy.raw,
    completeness,
  };
}

/** What of a version pages of policies are searched and counted by. Scope tags have three names in Graph. */
function foundByOf({ description, properties, assignments }: CanonicalPolicy): Record<string, unknown> {
  const tags = properties['roleScopeTagIds'] ?? properties['roleScopeTags'] ?? properties['scopeIds'];
  return { description, assigned: assignments.length > 0, scope_tags: Array.isArray(tags) ? tags.map(String) : [] };
}

/** The records as lists in JSON, none longer than a statement should carry unless one record is. */
function* textsOf(records: readonly object[]): Generator<string> {
  let texts: string[] = [];
  let characters = 0;
  for (const record of records) {
    const text = JSON.stringify(record);
    if (texts.length > 0 && characters + text.length > CHARACTERS_AT_ONCE) {
      yield `[${texts.join(',')}]`;
      texts = [];
      characters = 0;
    }
    texts.push(text);
    characters += text.length;
  }
  if (texts.length > 0) yield `[${texts.join(',')}]`;
}
