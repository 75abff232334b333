import { Injectable } from '@nestjs/common';
import type { RunItem } from '#libs/run-kit/src/run-processor.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { InventoryFacade, type CurrentPolicy } from '../../modules/inventory/inventory.facade.js';
import type { BulkExportPayload } from './bulk-export.run-type.js';

/** What a payload selects: the policies that can be exported, and an item for each that cannot. */
export interface Selection {
  exportable: CurrentPolicy[];
  refused: RunItem[];
}

/** Finds the policies of a selection in the inventory, and never in Microsoft Graph. */
@Injectable()
export class PolicySelection {
  constructor(private readonly inventory: InventoryFacade) {}

  /** Each policy once. One that the tenant has no more is among them only when it is named by its id. */
  async resolve(scope: TenantScope, { policyIds, types, q }: BulkExportPayload): Promise<Selection> {
    const selection: Selection = { exportable: [], refused: [] };
    if (policyIds === undefined) {
      const filter = { ...(types ? { types } : {}), ...(q === undefined ? {} : { text: q }) };
      for await (const policy of this.inventory.presentPolicies(scope, filter)) place(selection, policy);
      return selection;
    }
    const known = new Map(
      (await this.inventory.currentPolicies(scope, policyIds)).map((policy) => [policy.policyId, policy]),
    );
    for (const policyId of new Set(policyIds)) {
      const policy = known.get(policyId);
      if (policy) place(selection, policy);
      else selection.refused.push(refusal(policyId, 'inventory.policy_unknown'));
    }
    return selection;
  }
}

/** A policy of which the newest sync read only a part stands in the inventory as it was before: nothing to hand out. */
function place(selection: Selection, policy: CurrentPolicy): void {
  if (policy.complete) selection.exportable.push(policy);
  else selection.refused.push({ ...refusal(policy.policyId, 'policy_export.incomplete'), name: policy.name });
}

function refusal(itemId: string, reasonCode: string): RunItem {
  return { itemId, kind: 'policy', result: 'failed', reasonCode };
}
