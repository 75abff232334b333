import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { AccessDenied } from '../../platform/errors/domain-error.js';
import { PolicyRepository } from './data/policy.repository.js';
import { SettingNameRepository } from './data/setting-name.repository.js';
import type { SettingNamesDto } from './http/setting-names.dto.js';
import type { CanonicalPolicy } from './policy/canonical-policy.js';
import { choicesIn, definitionIdsIn } from './policy/setting-definitions.js';

/** What people call the settings of a policy, from what syncs were told. */
@Injectable()
export class PolicySettingNames {
  constructor(
    private readonly policies: PolicyRepository,
    private readonly names: SettingNameRepository,
  ) {}

  /**
   * Of the settings and choices of the versions that are named, or of the current one when none is.
   * @throws AccessDenied for a policy or version that is not this tenant's or not this policy's, foreign and unknown alike
   */
  async of(scope: TenantScope, policyId: string, versionIds: readonly string[] = []): Promise<SettingNamesDto> {
    const contents = await this.contents(scope, policyId, versionIds);
    const settings = contents.map((content) => content.settings);
    const made = choicesIn(settings);
    const found = await this.names.find(scope, [...definitionIdsIn(settings)]);
    const items = found.map(({ id, name, options }) => ({
      settingDefinitionId: id,
      name,
      choices: Object.fromEntries(Object.entries(options).filter(([value]) => made.has(value))),
    }));
    return { items, nextCursor: null };
  }

  private async contents(
    scope: TenantScope,
    policyId: string,
    versionIds: readonly string[],
  ): Promise<CanonicalPolicy[]> {
    if (versionIds.length > 0) {
      const rows = await this.policies.wholeVersions(scope, policyId, versionIds);
      if (rows.length < new Set(versionIds).size) throw new AccessDenied();
      return rows.map(({ content }) => content);
    }
    const [policy] = await this.policies.current(scope, [policyId]);
    if (!policy) throw new AccessDenied();
    return (await this.policies.documents(scope, [policy.version_id])).map(({ content }) => content);
  }
}
