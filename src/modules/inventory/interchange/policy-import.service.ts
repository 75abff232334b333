import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { PolicyRepository, type StandingRow } from '../data/policy.repository.js';
import type { CanonicalPolicy } from '../policy/canonical-policy.js';
import { comparePolicies, type PolicyChange } from '../policy/compare-policies.js';
import type { ImportedPolicyDto, ImportReportDto } from './http/import.dto.js';
import type { ImportedPolicy } from './imported-policy.js';
import { withoutImpliedTypes } from './implied-types.js';
import { matchPolicies, type Identity } from './match-policies.js';
import { IMPORT_LIMITS } from './policy-file.js';
import { readPolicyFiles } from './read-policy-files.js';
import { filesOfZip } from './zip-files.js';

/** Of one process: each holds its archive in memory. */
const AT_ONCE = 2;
/** Documents of one statement; one may be a megabyte. */
const DOCUMENTS_AT_ONCE = 50;
/** Changed paths that the report names per policy. */
const MOST_CHANGES = 100;

/** This process reads as many archives as it may. */
export class ImportBusy extends DomainError {
  constructor() {
    super('inventory.import_busy', 'too-many', 'Other archives are just being read. Try again in a minute.', {
      headers: { 'retry-after': '60' },
    });
  }
}

interface Subject extends Identity {
  imported: ImportedPolicy;
}

interface Standing extends Identity {
  row: StandingRow;
}

/** Reads policies of other tools and tells how they stand to the tenant's; nothing of them is kept. */
@Injectable()
export class PolicyImportService {
  private running = 0;

  constructor(private readonly policies: PolicyRepository) {}

  /**
   * Reads a zip of policies and compares each with the tenant's newest inventory.
   * @param readArchive its bytes, at most a few tens of MB; asked for once there is room
   * @throws NotAZip, ImportBusy
   */
  async report(scope: TenantScope, readArchive: () => Promise<Buffer>): Promise<ImportReportDto> {
    if (this.running >= AT_ONCE) throw new ImportBusy();
    this.running += 1;
    try {
      const { policies, unreadable, ignored } = await readPolicyFiles(filesOfZip(await readArchive(), IMPORT_LIMITS));
      return { ...(await this.compared(scope, policies)), unreadable, ignored };
    } finally {
      this.running -= 1;
    }
  }

  private async compared(
    scope: TenantScope,
    imported: readonly ImportedPolicy[],
  ): Promise<Pick<ImportReportDto, 'policies' | 'onlyInTenant'>> {
    const types = [...new Set(imported.map(({ type }) => type.key))];
    const standing = (await this.policies.standing(scope, types)).map((row) => ({
      row,
      type: row.type,
      externalId: row.external_id,
      name: row.name,
    }));
    const subjects = imported.map((one) => ({
      imported: one,
      type: one.type.key,
      externalId: one.externalId,
      name: one.policy.content.name,
    }));
    const { pairs, onlyLeft, onlyRight, ambiguous } = matchPolicies<Subject, Standing>(subjects, standing);
    const told = new Map<ImportedPolicy, ImportedPolicyDto>();
    for (const { imported: one } of onlyLeft) told.set(one, viewOf(one, 'not_in_tenant', null));
    for (const { imported: one } of ambiguous) told.set(one, viewOf(one, 'ambiguous', null));
    for (let at = 0; at < pairs.length; at += DOCUMENTS_AT_ONCE) {
      for (const view of await this.comparedPairs(scope, pairs.slice(at, at + DOCUMENTS_AT_ONCE))) told.set(...view);
    }
    return {
      policies: imported.flatMap((one) => told.get(one) ?? []),
      onlyInTenant: onlyRight.map(({ row }) => ({ policyId: row.id, type: row.type, name: row.name })),
    };
  }

  private async comparedPairs(
    scope: TenantScope,
    pairs: readonly { left: Subject; right: Standing }[],
  ): Promise<[ImportedPolicy, ImportedPolicyDto][]> {
    const differing = pairs.filter(({ left, right }) => mayDiffer(left.imported, right.row));
    const documents = new Map(
      (
        await this.policies.documents(
          scope,
          differing.map(({ right }) => right.row.version_id),
        )
      ).map(({ version_id, content }) => [version_id, content]),
    );
    return pairs.map(({ left: { imported }, right: { row } }) => {
      if (imported.missing.length > 0) return [imported, viewOf(imported, 'not_compared', row.id)];
      const content = documents.get(row.version_id);
      const changes = content ? changesOf(imported, content) : [];
      return [imported, viewOf(imported, changes.length > 0 ? 'different' : 'equal', row.id, changes)];
    });
  }
}

function mayDiffer({ missing, policy }: ImportedPolicy, row: StandingRow): boolean {
  return missing.length === 0 && policy.hashes.contentHash !== row.content_hash;
}

/** What the file does not give, or gives by names, is no difference. */
function changesOf(imported: ImportedPolicy, tenant: CanonicalPolicy): PolicyChange[] {
  const { assignmentsComparable, scopeTagsComparable, type, policy } = imported;
  const properties = withoutImpliedTypes(policy.content.properties, tenant.properties);
  return comparePolicies(tenant, { ...policy.content, properties }).filter(({ section, path }) => {
    if (section === 'assignments') return assignmentsComparable;
    return scopeTagsComparable || path !== type.scopeTagField;
  });
}

function viewOf(
  imported: ImportedPolicy,
  state: ImportedPolicyDto['state'],
  policyId: string | null,
  changes: readonly PolicyChange[] = [],
): ImportedPolicyDto {
  const { file, type, externalId, policy, settings, missing, assignmentsComparable, scopeTagsComparable } = imported;
  return {
    file,
    type: type.key,
    typeLabel: type.label,
    externalId,
    name: policy.content.name,
    platform: policy.platform,
    settings,
    missing,
    assignmentsComparable,
    scopeTagsComparable,
    secretsMasked: policy.secretsMasked,
    state,
    policyId,
    changeCount: changes.length,
    changes: changes.slice(0, MOST_CHANGES).map(({ path, change, section }) => ({ path, change, section })),
  };
}
