import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { PolicyRepository, type WholeVersionRow } from './data/policy.repository.js';
import type { PolicyDiffDto, PolicyVersionDetailDto } from './http/policy-history.dto.js';
import { settingsOf, versionOf } from './policy-view.js';
import { comparePolicies } from './policy/compare-policies.js';

/** The versions of one policy, whole and against each other. */
@Injectable()
export class PolicyHistory {
  constructor(private readonly policies: PolicyRepository) {}

  /** @throws AccessDenied for a version that is not this policy's or not this tenant's, foreign and unknown alike */
  async version(scope: TenantScope, policyId: string, versionId: string): Promise<PolicyVersionDetailDto> {
    const row = (await this.whole(scope, policyId, [versionId]))(versionId);
    const { description, properties, assignments, settings } = row.content;
    return { ...versionOf(row), description, settings: settingsOf(settings), properties, assignments, raw: row.raw };
  }

  /** What differs between two versions of one policy, by setting definition. @throws AccessDenied as for {@link version} */
  async diff(scope: TenantScope, policyId: string, fromId: string, toId: string): Promise<PolicyDiffDto> {
    const find = await this.whole(scope, policyId, [fromId, toId]);
    const [from, to] = [find(fromId), find(toId)];
    return { from: versionOf(from), to: versionOf(to), changes: comparePolicies(from.content, to.content) };
  }

  private async whole(
    scope: TenantScope,
    policyId: string,
    versionIds: readonly string[],
  ): Promise<(id: string) => WholeVersionRow> {
    const rows = await this.policies.wholeVersions(scope, policyId, versionIds);
    return (wanted) => {
      const row = rows.find(({ id }) => id === wanted);
      if (!row) throw new AccessDenied();
      return row;
    };
  }
}
