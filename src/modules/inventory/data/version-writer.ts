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

const VERSION = `AS v(policy_id bigint, name text, platform text, content_hash text, body_hash text,
  assignments_hash text, content jsonb, raw jsonb, completeness jsonb)`;

/** Writes policies with their versions and periods; always inside a transaction that holds the tenant's inventory lock. */
@Injectable()
export class VersionWriter {
  constructor(private readonly database: TenantDatabase) {}

  /** From `syncRunId` on, each policy stands at the version given. Answers how many versions are new. */
  async write(
    scope: TenantScope,
    type: string,
    syncRunId: string,
    policies: readonly CompletePolicy[],
  ): Promise<number> {
    let written = 0;
    for (let at = 0; at < policies.length; at += ROWS_AT_ONCE) {
      const records = policies.slice(at, at + ROWS_AT_ONCE).map(recordOf);
      written += await this.writeRecords(scope, type, syncRunId, records);
    }
    return written;
  }

  private async writeRecords(
    scope: TenantScope,
    type: string,
    syncRunId: string,
    records: readonly VersionRecord[],
  ): Promise<number> {
    const identities = records.map(({ external_id, name, platform, completeness }) => ({
      external_id,
      name,
      platform,
      completeness,
    }));
    const ids = await this.database.query<{ id: string; external_id: string }>(
      scope,
      `INSERT INTO inventory_policies (tenant_id, type, external_id, name, platform, completeness)
       SELECT $1, $2, r.external_id, r.name, r.platform, r.completeness
       FROM jsonb_to_recordset($3::jsonb) AS r(external_id text, name text, platform text, completeness jsonb)
       ON CONFLICT (tenant_id, type, external_id) DO UPDATE SET name = excluded.name, platform = excluded.platform,
         completeness = excluded.completeness, present = true, removed_at = NULL, changed_at = now()
       RETURNING id, external_id`,
      [type, JSON.stringify(identities)],
      ONE_PLAN_FOR_ALL_TENANTS,
    );
    const idOf = new Map(ids.map(({ id, external_id }) => [external_id, id]));
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
    await this.closePeriods(scope, syncRunId, [...idOf.values()]);
    const standing = records.map(({ external_id, content_hash, content }) => ({
      policy_id: idOf.get(external_id),
      content_hash,
      ...foundByOf(content),
    }));
    await this.database.query(
      scope,
      `WITH wanted AS (
         SELECT v.id, v.policy_id, r.description, r.assigned, r.scope_tags
         FROM jsonb_to_recordset($4::jsonb) AS r(policy_id bigint, content_hash text, description text,
           assigned boolean, scope_tags text[])
         JOIN inventory_policy_versions v
           ON v.tenant_id = $1 AND v.policy_id = r.policy_id AND v.content_hash = r.content_hash
       ), opened AS (
         INSERT INTO inventory_policy_periods (tenant_id, type, policy_id, version_id, from_sync_id)
         SELECT $1, $2, policy_id, id, $3 FROM wanted
       )
       UPDATE inventory_policies p SET current_version_id = wanted.id, description = wanted.description,
         assigned = wanted.assigned, scope_tags = wanted.scope_tags
       FROM wanted WHERE p.tenant_id = $1 AND p.id = wanted.policy_id`,
      [type, syncRunId, JSON.stringify(standing)],
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
