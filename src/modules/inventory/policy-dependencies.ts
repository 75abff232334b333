import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { PolicyRepository } from './data/policy.repository.js';
import { ReferenceRepository, type ReferenceRow } from './data/reference.repository.js';
import type { PolicyDependenciesDto, PolicyDependencyDto } from './http/policy-dependencies.dto.js';

/** What a policy refers to and what refers to it, as the newest sync that read each of them said. */
@Injectable()
export class PolicyDependencies {
  constructor(
    private readonly policies: PolicyRepository,
    private readonly references: ReferenceRepository,
  ) {}

  /** @throws AccessDenied for a policy that is not this tenant's, foreign and unknown alike */
  async of(scope: TenantScope, policyId: string): Promise<PolicyDependenciesDto> {
    const [policy] = await this.policies.current(scope, [policyId]);
    if (!policy) throw new AccessDenied();
    const uses = await this.references.uses(scope, policyId);
    const usedBy = await this.references.usedBy(scope, policyId);
    return {
      uses: uses.map((row) => dependencyOf(row, row.to_type, row.to_external_id)),
      usedBy: usedBy.map((row) => dependencyOf(row, row.type ?? '', row.external_id ?? '')),
    };
  }
}

function dependencyOf(row: ReferenceRow, type: string, externalId: string): PolicyDependencyDto {
  const { via, policy_id: policyId, name, present } = row;
  return { type, externalId, via, policyId, name, present };
}
