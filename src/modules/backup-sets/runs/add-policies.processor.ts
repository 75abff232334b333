import { Injectable } from '@nestjs/common';
import {
  Processes,
  type RunContext,
  type RunItem,
  type RunProcessor,
  type WorkResult,
} from '#libs/run-kit/src/run-processor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { isId } from '../../../platform/http/parse-id.js';
import { InventoryFacade, type CurrentPolicy } from '../../inventory/inventory.facade.js';
import { BackupSetItemRepository, type ItemTarget } from '../data/backup-set-item.repository.js';
import { BackupSetRepository } from '../data/backup-set.repository.js';
import { AddPolicies, type AddPoliciesPayload } from './add-policies.run-type.js';
import { scopeOfRun } from '../../operations/run-scope.js';

/** Policies of one statement; between two chunks the lease is checked and progress said. */
const POLICIES_AT_ONCE = 200;

/** Adds policies to a set, item by item. May be repeated: what an earlier attempt of the run added counts as its success. */
@Processes(AddPolicies)
@Injectable()
export class AddPoliciesProcessor implements RunProcessor<AddPoliciesPayload> {
  constructor(
    private readonly inventory: InventoryFacade,
    private readonly sets: BackupSetRepository,
    private readonly items: BackupSetItemRepository,
  ) {}

  async work(payload: AddPoliciesPayload, context: RunContext): Promise<WorkResult> {
    const scope = scopeOfRun(context);
    if (!(await this.sets.find(scope, payload.backupSetId))) {
      return { stop: 'aborted', reasonCode: 'backup_set.set_gone' };
    }
    const target: ItemTarget = { setId: payload.backupSetId, runId: context.runId, options: payload.options };
    const policyIds = [...new Set(payload.policyIds)];
    context.progress({ total: policyIds.length });
    for (let at = 0; at < policyIds.length; at += POLICIES_AT_ONCE) {
      await context.checkLease();
      const chunk = policyIds.slice(at, at + POLICIES_AT_ONCE);
      for (const item of await this.addChunk(scope, target, chunk)) context.item(item);
    }
    return { stop: 'finished' };
  }

  private async addChunk(scope: TenantScope, target: ItemTarget, policyIds: string[]): Promise<RunItem[]> {
    const possible = policyIds.filter(isId);
    const policies = new Map(
      (await this.inventory.currentPolicies(scope, possible)).map((policy) => [policy.policyId, policy]),
    );
    const addable = [...policies.values()].filter((policy) => policy.present);
    await this.items.insert(scope, target, addable);
    const adders = await this.items.adders(scope, target.setId, possible);
    return policyIds.map((id) => itemOf(id, adders.get(id), policies.get(id), target.runId));
  }
}

function itemOf(itemId: string, adder: string | undefined, policy: CurrentPolicy | undefined, runId: string): RunItem {
  const item = { itemId, kind: 'policy', ...(policy ? { name: policy.name } : {}) };
  if (adder === runId) return { ...item, result: 'success' };
  if (adder !== undefined) return { ...item, result: 'skipped', reasonCode: 'backup_set.already_in_set' };
  if (!policy) return { ...item, result: 'failed', reasonCode: 'backup_set.policy_unknown' };
  return { ...item, result: 'failed', reasonCode: 'backup_set.policy_removed' };
}
