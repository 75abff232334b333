import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { PolicyRepository } from './data/policy.repository.js';
import { SettingNameRepository } from './data/setting-name.repository.js';
import type { SettingNamesDto } from './http/setting-names.dto.js';
import { choicesIn, definitionIdsIn } from './policy/setting-definitions.js';

/** What people call the settings of a policy, from what syncs were told. */
@Injectable()
export class PolicySettingNames {
  constructor(
    private readonly policies: PolicyRepository,
    private readonly names: SettingNameRepository,
  ) {}

  /** Of the current version. @throws AccessDenied for a policy that is not this tenant's, foreign and unknown alike */
  async of(scope: TenantScope, policyId: string): Promise<SettingNamesDto> {
    const [policy] = await this.policies.current(scope, [policyId]);
    if (!policy) throw new AccessDenied();
    const [document] = await this.policies.documents(scope, [policy.version_id]);
    const { settings } = document?.content ?? { settings: {} };
    const made = choicesIn(settings);
    const found = await this.names.find(scope, [...definitionIdsIn(settings)]);
    const items = found.map(({ id, name, options }) => ({
      settingDefinitionId: id,
      name,
      choices: Object.fromEntries(Object.entries(options).filter(([value]) => made.has(value))),
    }));
    return { items, nextCursor: null };
  }
}
