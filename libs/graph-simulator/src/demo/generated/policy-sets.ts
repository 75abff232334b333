import type { GraphBody } from '../../store/graph-body.js';
import type { CollectionKey } from '../../graph/collections.js';
import type { TenantDraft } from './tenant-draft.js';

/** What a set can hold, by the item's type without `#microsoft.graph.`. */
const ITEMS: readonly [type: string, collection: CollectionKey][] = [
  ['mobileAppPolicySetItem', 'mobileApps'],
  ['deviceConfigurationPolicySetItem', 'deviceConfigurations'],
  ['deviceManagementConfigurationPolicyPolicySetItem', 'configurationPolicies'],
  ['deviceCompliancePolicyPolicySetItem', 'deviceCompliancePolicies'],
];

/** Policy sets: they come last, as their items are objects of every other kind. */
export function addPolicySets(tenant: TenantDraft): void {
  const dice = tenant.dice('policy sets');
  tenant.repeat(tenant.counts.policySets, (at) => {
    const items = Array.from({ length: dice.int(2, 9) }, (_, order): GraphBody => {
      const [type, collection] = dice.pick(ITEMS);
      const { object } = dice.pick(tenant.of(collection));
      return {
        '@odata.type': `#microsoft.graph.${type}`,
        id: tenant.guid(`policy set ${at} ${order}`),
        payloadId: object.id,
        itemType: `#microsoft.graph.${type.replace('PolicySetItem', '')}`,
        displayName: object.displayName ?? object.name ?? null,
        status: 'success',
        errorCode: 'noError',
        guidedDeploymentTags: [],
        createdDateTime: '2023-02-01T10:00:00.1234567Z',
        lastModifiedDateTime: '2023-02-01T10:00:00.1234567Z',
        ...(type === 'mobileAppPolicySetItem' && { intent: 'required', settings: null }),
      };
    });
    return {
      collection: 'policySets',
      name: { platform: 'Set', area: 'Workplace', purpose: dice.pick(tenant.company.sites) },
      values: { status: 'success', errorCode: 'noError', guidedDeploymentTags: [] },
      tagField: 'roleScopeTags',
      children: { items },
      assign: { audience: 'users' },
    };
  });
}
