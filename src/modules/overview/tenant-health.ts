import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { BackupSetsFacade, type BackupHealth } from '../backup-sets/backup-sets.facade.js';
import { DriftFacade, type DriftHealth } from '../drift/drift.facade.js';
import { InventoryHealth, type KnownPolicies, type LastSync } from '../inventory/inventory-health.facade.js';
import { TenancyFacade, type ConnectionState } from '../tenancy/tenancy.facade.js';

/** What is known of the tenant, and how well. */
export interface HealthParts {
  connection: ConnectionState | null;
  lastSync: LastSync | null;
  policies: KnownPolicies;
  drift: DriftHealth;
  backups: BackupHealth;
}

@Injectable()
export class TenantHealth {
  constructor(
    private readonly tenancy: TenancyFacade,
    private readonly inventory: InventoryHealth,
    private readonly drift: DriftFacade,
    private readonly backupSets: BackupSetsFacade,
  ) {}

  /** @param days consecutive days in UTC as `yyyy-mm-dd`, the last of them today */
  async of(scope: TenantScope, days: readonly string[]): Promise<HealthParts> {
    const [connection, lastSync, policies, drift, backups] = await Promise.all([
      this.tenancy.connectionState(scope),
      this.inventory.lastSync(scope),
      this.inventory.knownPolicies(scope, days),
      this.drift.health(scope, days),
      this.backupSets.health(scope),
    ]);
    return { connection, lastSync, policies, drift, backups };
  }
}
