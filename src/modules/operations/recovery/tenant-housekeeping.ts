import { Injectable, Logger } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { KEEPS_HOUSE, type Housekeeping } from '#libs/run-kit/src/housekeeping.js';
import { Database } from '../../../platform/database/database.js';
import { grantTenantScope, type TenantScope } from '../../../platform/database/tenant-scope.js';
import { SparingWarnings } from '../../../platform/logging/sparing-warnings.js';

/** What modules and producers keep beside their runs, tidied for every tenant; see `KeepsHouse`. */
@Injectable()
export class TenantHousekeeping {
  private readonly warnings = new SparingWarnings(new Logger(TenantHousekeeping.name));

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly database: Database,
  ) {}

  /** Goes through all tenants until `signal`. What fails is logged, comes again next time, and holds up nothing else. */
  async tidy(signal: AbortSignal): Promise<void> {
    const houses = this.houses();
    if (houses.length === 0) return;
    const tenants = await this.database.query<{ id: string }>('SELECT id FROM tenants ORDER BY id');
    for (const { id } of tenants) {
      for (const { name, house } of houses) {
        if (signal.aborted) return;
        await house.tidy(grantTenantScope(id)).catch((error: unknown) => {
          this.warnings.warn(`${name} could not tidy`, error);
        });
      }
    }
  }

  private houses(): { name: string; house: Housekeeping<TenantScope> }[] {
    return this.discovery.getProviders().flatMap(({ metatype, instance }) => {
      if (typeof metatype !== 'function' || !Reflect.hasMetadata(KEEPS_HOUSE, metatype)) return [];
      return [{ name: metatype.name, house: instance as Housekeeping<TenantScope> }];
    });
  }
}
