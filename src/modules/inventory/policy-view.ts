import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { ListedPolicyRow, VersionRow } from './data/policy.repository.js';
import type { PolicyDto, PolicySettingDto, PolicyVersionDto } from './http/inventory.dto.js';
import type { CanonicalSettings } from './policy/canonical-settings.js';
import { readableInstances } from './policy/readable-setting.js';

export function policyOf(row: ListedPolicyRow): PolicyDto {
  const type = policyType(row.type);
  return {
    id: row.id,
    type: row.type,
    typeLabel: type?.label ?? row.type,
    category: type?.category ?? 'Other',
    externalId: row.external_id,
    name: row.name,
    platform: row.platform,
    versionId: row.version_id,
    present: row.present,
    complete: row.completeness.complete,
    description: row.description,
    coverageState: row.coverage,
    assignment: row.assignment,
    scopeTagIds: row.scope_tags,
    firstSeenAt: row.first_seen_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    removedAt: row.removed_at?.toISOString() ?? null,
  };
}

export function versionOf(row: VersionRow): PolicyVersionDto {
  return {
    id: row.id,
    name: row.name,
    platform: row.platform,
    contentHash: row.content_hash,
    bodyHash: row.body_hash,
    assignmentsHash: row.assignments_hash,
    completeness: row.completeness,
    current: row.current,
    periods: row.periods,
    createdAt: row.created_at.toISOString(),
  };
}

/** Settings as people read them, by definition. */
export function settingsOf(settings: CanonicalSettings): PolicySettingDto[] {
  return Object.entries(settings).map(([settingDefinitionId, instances]) => ({
    settingDefinitionId,
    value: readableInstances(instances),
  }));
}
